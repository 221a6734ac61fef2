/** Subjects of GitHub's OIDC tokens, as `github.subject` gives them: whose workflows may assume the role. */

/**
 * `repo:lin/blog:…`, or with the ids of both. GitHub puts these into the tokens of repositories that were created, renamed or
 * transferred since 15 July 2026, and of those that asked for it:
 * https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims.
 * `repo:lin-1/blog-2:…`, as a draft of that page had it, reads like names. Nothing in owner, repository and ids may be `*` or `?`,
 * which IAM's StringLike takes for any text and any character, nor `$`, with which its variables begin.
 */
const SUBJECT = /^repo:[\w-]+(?:\/[\w.-]+|@\d+\/[\w.-]+@\d+):\S+$/;

const FORMS =
  "repo:<owner>/<repository>:ref:refs/heads/main, or repo:<owner>@<id>/<repository>@<id>:ref:refs/heads/main";

/** Each for a message of its own. */
export function subjectProblems(subjects: readonly string[]): readonly string[] {
  if (subjects.length === 0) return [`github.subject is empty: write ${FORMS}`];
  return subjects.flatMap((subject) =>
    SUBJECT.test(subject) ? [] : [`github.subject "${subject}": write ${FORMS}; owner, repository and ids in full`],
  );
}
