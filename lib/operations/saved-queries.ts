import { LogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { handlers } from '../handlers.ts';
import { names } from '../names.ts';

/** Questions that people ask the logs, ready to be run. Every line of a handler carries the job's id. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const logGroups = handlers.map(([name]) => LogGroup.fromLogGroupName(this, name.replace('/', '-'), names.handlerLogs(name)));
    const query = (title: string, queryString: QueryString) =>
      new QueryDefinition(this, title.replaceAll(' ', ''), { queryDefinitionName: `framewright/${title}`, queryString, logGroups });

    query(
      'One job from start to end',
      new QueryString({
        fields: ['@timestamp', 'level', 'step', 'visit', 'message', 'error', 'cause'],
        filterStatements: ['jobId = "put-the-job-id-here"'],
        sort: '@timestamp asc',
        limit: 500,
      }),
    );
    query(
      'Failed steps by error',
      new QueryString({
        filterStatements: ['message = "step failed"'],
        statsStatements: ['count(*) as failures by step, error'],
        sort: 'failures desc',
      }),
    );
    query(
      'Slowest steps',
      new QueryString({
        filterStatements: ['message = "step completed"'],
        statsStatements: ['pct(milliseconds, 50) as p50, pct(milliseconds, 95) as p95, max(milliseconds) as longest by step'],
        sort: 'p95 desc',
      }),
    );
  }
}
