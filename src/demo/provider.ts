import type {JsonObject} from './json.ts';

/** A request as an imitated provider sees it. */
export interface Asked {
  readonly method: string;
  /** Below the provider's mount: `/v1/organization/costs`. Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** What it answers; bodies are always JSON objects. */
export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
}

/** One provider as the demo imitates it: an account, and what its API answers. */
export interface DemoProvider {
  readonly provider: string;
  /** First segment of its paths on the demo server. */
  readonly mount: string;
  /** The rest of its base URL's path: `/v1`. */
  readonly base: string;
  readonly secret: string;
  readonly settings: {readonly [name: string]: string};
  answer(asked: Asked): Reply;
}

/** The answer is an error: thrown where it is found, sent where the request came in. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(status: number, body: JsonObject) {
    super(`refused with ${status}`);
    this.reply = {status, body};
  }
}

/** Decoded segments of a path; undefined if it is no valid encoding. */
export function segments(path: string): string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
