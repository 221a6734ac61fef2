/** Subjects of GitHub's OIDC tokens, as `github.subject` gives them: whose workflows may assume the role. */

/**
 * `repo:lin/blog:…`, or with the ids of both. GitHub puts these into the tokens of repositories that were created, renamed or
 * transferred since 15 July 2026, and of those that asked for it:
 * https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims.
 * `repo:lin-1/blog-2:…`, as a draft of that page had it, reads like names. Nothing in owner, repository and ids may be `*` or `?`,
 * which IAM's StringLike takes for any text and any character, nor `$`, with which its variables begin.
 */
const SUBJECT = /^repo:[\w-]+(?:\/[\w.-]+|@\d+\/[\w.-]+@\d+):(?<claim>\S+)$/;

/**
 * `ref:refs/heads/main`, `environment:feeds`, `pull_request`, or others that the subject of a repository was made to hold. A branch
 * alone is in no token. https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 */
const CLAIM = /^(?:\*|pull_request$|ref:(?:refs\/|\*)|(?!ref:)[\w-]+:)/;

const FORMS =
  "repo:<owner>/<repository>:ref:refs/heads/main, or repo:<owner>@<id>/<repository>@<id>:ref:refs/heads/main";

/** Each for a message of its own. */
export function subjectProblems(subjects: readonly string[]): readonly string[] {
  if (subjects.length === 0) return [`github.subject is empty: write ${FORMS}`];
  return subjects.flatMap((subject) => {
    const claim = SUBJECT.exec(subject)?.groups?.["claim"];
    if (claim === undefined) return [`github.subject "${subject}": write ${FORMS}; owner, repository and ids in full`];
    return CLAIM.test(claim)
      ? []
      : [
          `github.subject "${subject}": write ${claimFor(claim)} after the repository, or environment:<name> if the job has one`,
        ];
  });
}

/** What was meant by a branch, or by a ref without the claim's name. */
function claimFor(written: string): string {
  if (written.startsWith("refs/")) return `ref:${written}`;
  const branch = /^(?:ref:)?(?:heads\/)?([\w./*-]+)$/.exec(written)?.[1] ?? "main";
  return `ref:refs/heads/${/^(?:ref|environment|pull_request\w+)$/.test(branch) ? "main" : branch}`;
}
