import type {Context} from '../context.ts';

/** Something that may stand where the cursor is. */
export interface Offer {
  readonly value: string;
  /** Shown beside it by the shells that do that. */
  readonly description?: string;
  /** It is all that its flag then takes: of a comma list it is the first item and the last. */
  readonly alone?: boolean;
}

/** What has been typed so far of the command that is being completed. */
export interface Typed {
  /** Words that are no flags, behind the command's name. */
  readonly words: readonly string[];
  /** Values by long flag (`--group-by`), as typed; an empty list for a flag that takes none. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** The beginning of the value that is wanted; of a comma list, of its last item. */
  readonly partial: string;
  readonly context: Context;
}

/** Knows the values of a flag or an argument. Never asks the network; fails by offering nothing. */
export type ValueSource = (typed: Typed) => Promise<readonly (string | Offer)[]>;

/** Where the name of a file is wanted: the shell knows those. */
export const FILES: ValueSource = async () => [];

export const asOffer = (offer: string | Offer): Offer => (typeof offer === 'string' ? {value: offer} : offer);

/** Those that a comma list may go on with. */
export const furtherItems = (offers: readonly Offer[], given: readonly string[]): readonly Offer[] =>
  offers.some(({value, alone}) => alone && given.includes(value))
    ? []
    : offers.filter(({value, alone}) => !given.includes(value) && !(alone && given.length > 0));
