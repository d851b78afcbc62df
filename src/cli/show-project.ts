export async function showProject(wanted: string, flags: object, context: object): Promise<number> {
  return wanted && flags && context ? 1 : 0;
}
