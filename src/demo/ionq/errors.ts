import {Refused} from '../provider.ts';

/** A parameter that is missing or wrong, as the API says it. */
export const invalid = (parameter: string, message: string): Refused =>
  new Refused(400, {
    statusCode: 400,
    error: 'Bad Request',
    message: `"${parameter}" ${message}`,
    validation: {keys: [parameter], source: 'query'},
  });

/** Also what a real key gets that belongs to no owner of the organization. */
export const unauthorized = (): Refused =>
  new Refused(401, {
    statusCode: 401,
    error: 'Unauthorized Error',
    message: 'Invalid key provided.',
  });

/** An unknown path, or an organization that is not the key's. */
export const notFound = (): Refused =>
  new Refused(404, {statusCode: 404, error: 'Not Found Error', message: 'Resource not found.'});
