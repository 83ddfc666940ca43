// Packs the package in the current folder into dist/js, as jsii-pacmak does for jsii packages.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

rmSync('dist/js', { recursive: true, force: true });
mkdirSync('dist/js', { recursive: true });
execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', 'dist/js'], { stdio: ['ignore', 'ignore', 'inherit'] });
