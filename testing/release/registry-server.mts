// registry-server.mts CONFIG: Verdaccio on a free port of the loopback interface. Says the port to the process that
// forked it, and ends with it, however that one ends.
import { runServer } from 'verdaccio';

process.on('disconnect', () => process.exit());
const server = await runServer(process.argv[2]!) as import('node:http').Server;
server.listen(0, '127.0.0.1', () => process.send!((server.address() as import('node:net').AddressInfo).port));
