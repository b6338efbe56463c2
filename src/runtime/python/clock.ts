// A clock that stands still, as source text for a worker: what tells the time of day in Python tells one time.
// Clocks that only measure (`time.monotonic`, `time.perf_counter`) run on. It is put in place in a fork and only when
// asked for; the classes of `datetime` become classes over them, since they cannot be changed themselves.

export const CLOCK = `
def stop_clock(ms):
    seconds = ms / 1000
    time.time = lambda: seconds
    time.time_ns = lambda: round(ms * 1_000_000)
    for name in ('gmtime', 'localtime', 'ctime'):
        at = getattr(time, name)
        setattr(time, name, lambda secs=None, at=at: at(seconds if secs is None else secs))
    broken = time.localtime
    asctime, strftime = time.asctime, time.strftime
    time.asctime = lambda t=None: asctime(broken() if t is None else t)
    time.strftime = lambda format, t=None: strftime(format, broken() if t is None else t)

    class Still(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(seconds, tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(seconds, datetime.timezone.utc).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.now()

    class StillDate(datetime.date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(seconds)

    for name, new in (('datetime', Still), ('date', StillDate)):
        new.__module__, new.__name__, new.__qualname__ = 'datetime', name, name
        setattr(datetime, name, new)
`
