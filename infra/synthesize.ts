/** Config → templates, checked by the rules of cdk-nag. */
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { type Config, readSettings, SettingsError } from "./settings.ts";
import { dripfeedStack } from "./stack.ts";

export function synthesize(config: Config): void {
  try {
    const app = new App();
    const settings = readSettings(config, new Date().getUTCFullYear());
    // CloudFront takes certificates from this region only, and delivers its logs there.
    dripfeedStack(app, settings, { env: { region: "us-east-1" } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
    app.synth();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
