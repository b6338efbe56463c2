/** x */
export const pictures: readonly (readonly [name: string, args: readonly unknown[], gives: unknown])[] = []
