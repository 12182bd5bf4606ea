import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DecideInput, DecideOutput, type DecideRequest } from '#contracts/review';
import { Failure } from './failure.ts';
import type { Product } from './product.ts';

/** Answers a review through the product's own function, so that the rules for deciding are in one place. */
export async function decide({ lambda, outputs }: Product, input: DecideRequest): Promise<DecideOutput> {
  const FunctionName = outputs.get('DecideFunction');
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(DecideInput.parse(input)) }),
  );
  const answer: unknown = JSON.parse(Payload ? new TextDecoder().decode(Payload) : 'null');
  if (FunctionError !== undefined) throw new Failure('DecideFailed', `function ${FunctionName}: ${JSON.stringify(answer)}`);
  return DecideOutput.parse(answer);
}
