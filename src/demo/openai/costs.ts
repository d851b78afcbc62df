import {ceilTo, DAY_MS, floorTo} from '../../core/instant.ts';
import {type DayNumber, dayNumber} from '../day.ts';
import {significantDigits} from '../fixed.ts';
import {type Json, JsonNumber, type JsonObject} from '../json.ts';
import {mix} from '../random.ts';
import {type Charge, dollars, quantityOf} from './charge.ts';
import type {Ledger} from './ledger.ts';
import {ORGANIZATION_ID} from './organization-id.ts';
import {Parameters} from './parameters.ts';
import {COST_GROUPS, type CostLabels, type CostSplit, type Position, splitBy} from './position.ts';
import {page, WINDOW_PARAMETERS, windowOf} from './window.ts';

const LIMIT = {otherwise: 7, most: 180};

/** GET /organization/costs: whole UTC days, widened outwards from the asked window. */
export function costs(query: URLSearchParams, ledger: Ledger): JsonObject {
  const parameters = new Parameters(query, [...WINDOW_PARAMETERS, 'project_ids', 'api_key_ids', 'group_by']);
  const asked = windowOf(parameters, ledger.now);
  parameters.choice('bucket_width', ['1d'], '1d');
  const split = splitBy(parameters.choices('group_by', COST_GROUPS) ?? []);
  const projects = parameters.list('project_ids');
  const keys = parameters.list('api_key_ids');
  const limit = parameters.between('limit', 1, LIMIT.most, LIMIT.otherwise);
  const window = {start: floorTo(asked.start, DAY_MS), end: ceilTo(asked.end, DAY_MS)};

  return page(parameters, {window, now: ledger.now, width: DAY_MS, limit}, ({start}) => {
    const day = dayNumber(start);
    const isAsked = ({project, key}: Position): boolean => isAmong(project, projects) && isAmong(key, keys);
    return addUp(ledger, day, isAsked, split).map((group, index) => row(group, split, mix(day, index)));
  });
}

/** Cost without a label passes no filter by that label. */
const isAmong = (value: string | null, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

/** What the entries of a group add up to. */
interface Group {
  readonly labels: CostLabels;
  readonly charge: Charge;
  coarse: number;
  fine: bigint;
  count: number;
}

/** The rows of a day, in the order in which their first entries come. */
function addUp(
  ledger: Ledger,
  day: DayNumber,
  isAsked: (position: Position) => boolean,
  split: CostSplit,
): Group[] {
  const groups = new Map<string, Group>();
  ledger.book(day, (position, count) => {
    if (!isAsked(position)) return;
    const name = position.groupName(split);
    let group = groups.get(name);
    if (!group) {
      group = {labels: position.labels(split), charge: position.charge, coarse: 0, fine: 0n, count: 0};
      groups.set(name, group);
    }
    const {coarse, fine} = position.charge;
    group.coarse += count * coarse;
    if (fine !== 0n) group.fine += BigInt(count) * fine;
    group.count += count;
  });
  return [...groups.values()];
}

/** Members come in an arbitrary order, as they do from the real API. */
function row(group: Group, {byLineItem}: CostSplit, chance: number): Json {
  const {labels, charge, coarse, fine, count} = group;
  const amount = {value: amountOf(dollars(coarse, fine), chance), currency: 'usd'};
  const quantity = byLineItem ? new JsonNumber(quantityOf(charge, count)) : null;
  const quantity_unit = byLineItem ? charge.unit : null;
  const {project: project_id, key: api_key_id, lineItem: line_item} = labels;
  const object = 'organization.costs.result';
  const organization_id = ORGANIZATION_ID;
  return chance % 5 < 3
    ? {object, amount, line_item, project_id, api_key_id, quantity, quantity_unit, organization_id}
    : {project_id, organization_id, quantity_unit, quantity, amount, object, api_key_id, line_item};
}

/** A number has at most so many digits here; the real API's are doubles. */
const MOST_DIGITS = 17;
const PADDED_PLACES = 36;

/** Amounts come as numbers and as text, padded or not, and zero as the text of a decimal128: readers must take all. */
function amountOf(text: string, chance: number): Json {
  const asNumber = chance % 2 === 0;
  if (text === '0') return asNumber ? 0 : '0E-6176';
  if (asNumber && significantDigits(text) <= MOST_DIGITS) return new JsonNumber(text);
  if (chance % 3 !== 0) return text;
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(PADDED_PLACES, '0')}`;
}
