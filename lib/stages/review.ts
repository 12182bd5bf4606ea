import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ReviewSubject } from '#contracts/review';
import { machineArn, names } from '../names.ts';
import { allowFacts, allowObjects, allowRows, allowTaskAnswers } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { grownBy, jsonata } from '../pipeline/expressions.ts';
import { ask } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

/** A question to a person. The machine pauses; nothing polls. */
export class ReviewStage extends Construct {
  private readonly request: HandlerFunction;
  private readonly timeoutSeconds: number;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage, config } = context;
    this.timeoutSeconds = config.reviewTimeoutSeconds;
    this.request = new HandlerFunction(this, 'Request', {
      ...context,
      handler: 'review/request-decision',
      environment: { ...stepEnvironment(context), FRAMEWRIGHT_TABLE: storage.table.tableName },
    });
    allowRows(this.request.role!, storage.table, ['GetItem', 'PutItem', 'UpdateItem', 'Query']);
    allowObjects(this.request.role!, storage.artifacts, 'tenants/', ['read', 'write']);
    allowTaskAnswers(this.request.role!, machineArn(Stack.of(this), names.pipelineMachine)); // a rule may approve at once
    allowFacts(this.request.role!, storage.bus);
  }

  step(river: Construct, subject: ReviewSubject) {
    return ask(river, `Ask about the ${subject}`, `Asking about the ${subject} failed`, this.request, {
      payload: {
        subject,
        taskToken: jsonata('$states.context.Task.Token'),
        timeoutSeconds: this.timeoutSeconds,
        message: jsonata('$states.input'),
      },
      output: grownBy(`${subject}Decision`, '$states.result'),
      timeoutSeconds: this.timeoutSeconds,
    });
  }
}
