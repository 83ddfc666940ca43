import { TargetReport } from './report';
import { TargetFolder } from './target-folder';

/** Says what is being done right now. */
export type Progress = (step: string) => void;

/** A kind of ground in the demo. */
export interface Target {
  /** Its name in design and report, such as `eks`. */
  readonly name: string;
  /** Plans, renders, proves, synthesizes and writes everything into the folder. */
  run(folder: TargetFolder, progress: Progress): Omit<TargetReport, 'ok' | 'durationMs'>;
}
