/** Secrets from AWS Secrets Manager. */
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** Keeps its connections from one reading to the next. */
export function secretReader(): (id: string) => Promise<readonly string[]> {
  const client = new SecretsManagerClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
  return (id) => readSecrets(client, id);
}

/**
 * The current value, and the one before it, which counts while senders are told the new one: Secrets Manager moves the label
 * AWSPREVIOUS to it whenever a new value is put (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html).
 * Throws for an empty secret, with which everybody could sign, and what the SDK throws.
 */
async function readSecrets(client: SecretsManagerClient, id: string): Promise<readonly string[]> {
  const read = async (VersionStage: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId: id, VersionStage }))).SecretString;
  const [current, former] = await Promise.all([read("AWSCURRENT"), read("AWSPREVIOUS").catch(noneIfMissing)]);
  if (!current) throw new Error("the secret of the webhook is empty");
  return former ? [current, former] : [current];
}

/** A secret that was never changed has no former value. */
function noneIfMissing(error: unknown): undefined {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}
