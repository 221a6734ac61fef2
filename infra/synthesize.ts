/** Config → templates, checked by the rules of cdk-nag. */
import { join, relative } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { present } from "../lib/base/optional.ts";
import { notesOf } from "./notes.ts";
import { type Config, readSettings, SettingsError } from "./settings.ts";
import { dripfeedStack } from "./stack.ts";

export function synthesize(config: Config): void {
  try {
    const app = new App();
    // The CDK's command says whose credentials it has; without any the template is made for every account.
    const settings = readSettings(config, new Date().getUTCFullYear(), process.env["CDK_DEFAULT_ACCOUNT"]);
    // CloudFront takes certificates from this region only, and delivers its logs there.
    const stack = dripfeedStack(app, settings, {
      env: { region: "us-east-1", ...present({ account: settings.account }) },
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
    const { directory } = app.synth();
    const lines = [...notesOf(settings), relative("", join(directory, stack.templateFile))];
    process.stderr.write(`${lines.join("\n")}\n`);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
