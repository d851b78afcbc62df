/** Exact decimals as whole numbers of a small unit: `value` / 10^`places` as plain text, without trailing zeros. */
export function fixedText(value: bigint | number, places: number): string {
  const digits = String(value).padStart(places + 1, '0'); // amounts of the demo are never negative
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}` : whole;
}

/** Digits from the first that is not zero to the last: how many a double would need. */
export const significantDigits = (text: string): number => text.replace('.', '').replace(/^0+/, '').length;
