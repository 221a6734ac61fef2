/** Secrets from AWS Secrets Manager. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Throws for an empty secret, with which everybody could sign, and what the SDK throws. */
export async function readSecret(id: string): Promise<string> {
  const client = new SecretsManagerClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  if (!SecretString) throw new Error("the secret of the webhook is empty");
  return SecretString;
}
