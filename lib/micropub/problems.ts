/** Problems of a post, as answers tell them: without their file, which is that of the post. */
import type { Problem } from "../model.ts";

export const shownProblems = (problems: readonly Problem[]): readonly Omit<Problem, "file">[] =>
  problems.map(({ file: _, ...problem }) => problem);
