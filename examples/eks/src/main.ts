import { EksPlatform } from '@viridial/eks-platform';
import { App } from 'aws-cdk-lib';
import { clusterProps } from './cluster';

const app = new App();
const name: string = app.node.tryGetContext('cluster') ?? 'production';

new EksPlatform(app, name, clusterProps(name));
