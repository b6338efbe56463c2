// The time zone and the locale of scripts: all that a child's environment holds.
// Both belong to a process and not to a context, so they are options of a sandbox: dates, `Intl`, `toLocaleString` and
// sorting by `localeCompare` follow them in every part of the language, which no rewriting of built-ins would achieve.

/** What `Intl` and dates of a child go by. */
export interface Locality {
  readonly timeZone: string
  readonly locale: string
}

/** The environment of a child. */
export function environmentOf({
  timeZone = 'UTC',
  locale = 'en-US',
}: Partial<Locality>): Record<string, string> {
  return { TZ: timeZone, LC_ALL: locale }
}

export function readLocality(options: { readonly timeZone?: unknown; readonly locale?: unknown }): Locality {
  const { timeZone = 'UTC', locale = 'en-US' } = options
  return { timeZone: readTimeZone(timeZone), locale: readLocale(locale) }
}

function readTimeZone(timeZone: unknown): string {
  // An offset like '+02:00' is good for `Intl`, but the variable TZ reads it the other way round.
  if (typeof timeZone === 'string' && /^[A-Za-z]/.test(timeZone)) {
    try {
      // As Intl spells it: it takes names in any case, and the variable TZ does not.
      return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
    } catch {
      // Refused below.
    }
  }
  throw new RangeError(`timeZone must be a name like 'Europe/Berlin', got ${shown(timeZone)}`)
}

function readLocale(locale: unknown): string {
  // Extensions ('de-u-co-phonebk') have another form in the environment than in the language.
  if (typeof locale === 'string' && /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(locale)) {
    if (Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0) return locale
  }
  throw new RangeError(`locale must be a tag like 'en-US' that Intl knows, got ${shown(locale)}`)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
