import { evaluated } from '../../../fixtures/expressions';

// every outcome is that of cel-go 0.26 with the libraries of Kubernetes 1.36
describe('URLs', () => {
  const cases: [source: string, outcome: string, object?: any][] = [
    ['url(\'https://example.com:80/path?a=1&b=2&a=3#f\').getHost()', '"example.com:80"'],
    ['url(\'https://example.com:80/\').getPort()', '"80"'],
    ['url(\'https://example.com/\').getPort()', '""'],
    ['url(\'https://example.com:80/\').getHostname()', '"example.com"'],
    ['url(\'https://[::1]:80/\').getHostname()', '"::1"'],
    ['url(\'https://[::1]:80/\').getHost()', '"[::1]:80"'],
    ['url(\'https://example.com/a b/c\').getEscapedPath()', '"/a%20b/c"'],
    ['url(\'https://example.com/a%20b\').getEscapedPath()', '"/a%20b"'],
    ['url(\'https://example.com/é\').getEscapedPath()', '"/%C3%A9"'],
    ['url(\'https://example.com\').getEscapedPath()', '""'],
    ['url(\'https://example.com?a=1&b=2&a=3&c\').getQuery()', '{"a":["1","3"],"b":["2"],"c":[""]}'],
    ['url(\'https://example.com/?k=a%20b+c\').getQuery()', '{"k":["a b c"]}'],
    ['url(\'https://user:pw@example.com/\').getHost()', '"example.com"'],
    ['url(\'HTTPS://Example.com/\').getScheme()', '"https"'],
    ['url(\'HTTPS://Example.com/\').getHost()', '"Example.com"'],
    ['url(\'/path/x\').getScheme()', '""'],
    ['url(\'/path/x\').getEscapedPath()', '"/path/x"'],
    ['isURL(\'/path\')', 'true'],
    ['isURL(\'../path\')', 'false'],
    ['isURL(\'https://a:b/\')', 'false'],
    ['isURL(\'https://a:80/\')', 'true'],
    ['isURL(\'https://a b/\')', 'false'],
    ['isURL(\'http://%zz/\')', 'false'],
    ['isURL(\'http://a/%zz\')', 'false'],
    ['isURL(\'mailto:a@b.c\')', 'true'],
    ['isURL(\'example.com\')', 'false'],
    ['isURL(\'\')', 'false'],
    ['isURL(\'https://\')', 'true'],
    ['isURL(\'https:///path\')', 'true'],
    ['isURL(\'://x\')', 'false'],
    ['isURL(\'1http://x\')', 'false'],
    ['isURL(\'http://[::1\')', 'false'],
    ['isURL(\'http://a/\\x01\')', 'false'],
    ['isURL(\'*\')', 'true'],
    ['isURL(\'//a/b\')', 'true'],
    ['url(\'//a/b\').getHost()', '"a"'],
    ['url(\'https://a/\') == url(\'https://a/\')', 'true'],
    ['url(\'x\')', 'error: URL parse error during conversion from string: parse "x": invalid URI for request'],
    ['url(\'mailto:a@b.c?x=1\').getQuery()', '{"x":["1"]}'],
  ];

  test.each(cases)('%s yields %s', (source, outcome, object = null) => {
    expect(evaluated(source, object)).toBe(outcome);
  });
});
