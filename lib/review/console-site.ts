import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CONSOLE_PERMISSIONS, consoleContentPolicy } from '#contracts/console-headers';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { accept } from '../patterns/grants.ts';
import { PrivateBucket } from '../patterns/private-bucket.ts';

export interface ConsoleSiteProps {
  readonly config: Config;
  readonly api: HttpApi;
  /** Where clips and pictures are read from, by links that the API signs. */
  readonly media: IBucket;
  readonly accessLogs: IBucket;
}

/**
 * The console on AWS: its files over CloudFront, and the API below `/api/` of the same origin. `framewright console publish` fills the bucket.
 * Locally the distribution delivers nothing; `framewright console` serves the same files with the same policy.
 */
export class ConsoleSite extends Construct {
  readonly files: PrivateBucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { config, api, media, accessLogs }: ConsoleSiteProps) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    this.files = new PrivateBucket(this, 'ConsoleFiles', { config, accessLogs, abortUploadsAfter: Duration.days(1) });

    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: names.consoleHeaders,
      comment: 'What a browser may do on the pages of the console',
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: consoleContentPolicy({
            // Path style, as the API signs its links: nobody else's bucket is a source.
            media: [`https://s3.${region}.${urlSuffix}/${media.bucketName}/`],
            connect: [`https://cognito-idp.${region}.${urlSuffix}/`],
          }),
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
      customHeadersBehavior: { customHeaders: [{ header: 'permissions-policy', value: CONSOLE_PERMISSIONS, override: true }] },
    });

    this.distribution = new Distribution(this, 'Site', {
      comment: 'Review console',
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.files),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED, // files say themselves how long they keep
        responseHeadersPolicy: headers,
      },
      additionalBehaviors: {
        '/api/*': {
          origin: new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY, // a token must not travel in the open before it is redirected
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED, // answers belong to one person
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: headers,
        },
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    accept(this.distribution, 'CFR1', 'reviewers work from where they are; who may enter is decided by the user pool');
    accept(
      this.distribution,
      'CFR2',
      'the files are the same for everybody, and the API refuses and throttles before any code of ours runs',
    );
    accept(this.distribution, 'CFR3', 'requests that touch data reach the API, which writes a line for each; the files hold none');
    accept(
      this.distribution,
      'CFR4',
      "the certificate of *.cloudfront.net fixes the protocol list; a domain of one's own brings TLS 1.2, see the deploy guide",
    );
  }
}
