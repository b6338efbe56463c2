/** Classes on classes: fields add up, abstract members are asked for, and classes are told apart by name. */

import { f, SymObject } from '../../../src/symbolic/index.ts'
import { expectType } from '../expect-type.ts'
import { Conv, Dense, Layer, model } from './models.ts'

class Wide extends Dense.define('types.Wide', { factor: f.int().default(2) }) {
  override get width() {
    return this.units * this.factor
  }
}

const wide = new Wide({ units: 3, name: 'w' })
expectType<number>()(wide.units)
expectType<number>()(wide.factor)
expectType<string>()(wide.name)
expectType<number>()(wide.width)
const asDense: Dense = wide
const asLayer: Layer = wide
expectType<'relu' | 'gelu'>()(asDense.activation)
expectType<number>()(asLayer.width)
if (asLayer instanceof Dense) expectType<number>()(asLayer.units)
new Wide({ factor: 3 }) //~ Property 'units' is missing
wide.rebind({ units: 3, factor: 4, name: 'x' })
wide.rebind({ factors: 4 }) //~ NoSuchField<"factors", "types.Wide",

// Abstract members stay abstract through `define`, and are implemented by getters.
class Missing extends Layer.define('types.Missing', {}) {} //~ does not implement inherited abstract member
abstract class Half extends Layer.define('types.Half', { half: f.int() }) {}
class Whole extends Half.define('types.Whole', {}) {
  get width() {
    return this.half * 2
  }
}
class Wrong extends Layer.define('types.Wrong', {}) {
  readonly width = 'wide' //~ 'string' is not assignable to type 'number'
}
new Whole({ half: 2 }).width.toFixed()
new Half({ half: 2 }) //~ Cannot create an instance of an abstract class

export { Missing, Wrong }

// A subclass may tighten a field.
class Named extends Layer.define('types.Named', { name: f.enum('a', 'b') }) {
  get width() {
    return 1
  }
}
expectType<'a' | 'b'>()(new Named({ name: 'a' }).name)
new Named({ name: 'c' }) //~ not assignable
new Named({}) //~ Property 'name' is missing
Layer.define('types.Looser', { name: f.int() }) //~ not assignable

// Two classes with the same fields are not the same.
class Meters extends SymObject.define('types.Meters', { value: f.float() }) {}
class Seconds extends SymObject.define('types.Seconds', { value: f.float() }) {}
const meters: Meters = new Seconds({ value: 1 }) //~ 'Seconds' is not assignable to type 'Meters'
const dense: Dense = new Conv({ kernel: 3 }) //~ missing the following properties from type 'Dense'
const down: Dense = asLayer //~ missing the following properties from type 'Dense'

export { dense, down, meters }

// Methods change their own class when they say so with `this`; the plain `this` is known to nobody yet.
class Counter extends SymObject.define('types.Counter', { count: f.int().default(0) }) {
  next(this: Counter) {
    return this.rebind({ count: this.count + 1 })
  }
  read(this: Counter) {
    return this.get('count')
  }
  wrong(this: Counter) {
    return this.rebind({ counts: 1 }) //~ NoSuchField<"counts", "types.Counter", "count">
  }
  edited() {
    return this.edit(draft => {
      draft.count++
    })
  }
  plainly() {
    return this.rebind({ count: 1 }) //! not assignable to parameter of type
  }
  plainlyRead() {
    return this.get('count') //! not assignable to parameter of type
  }
  atRunTime() {
    return this.rebind([['count', this.count + 1]])
  }
}
expectType<Counter>()(new Counter().next().edited().atRunTime())
expectType<number>()(new Counter().read())
expectType<number>()(model.head.width)

/** The same goes for functions over any subclass; one that takes the class itself loses nothing but the exact type. */
const general = <Any extends Dense>(any: Any): Any => any.rebind({ units: 3 }) //! not assignable to parameter of type
const exact = (any: Dense): Dense => any.rebind({ units: 3 })
expectType<Wide>()(general(wide))
expectType<Dense>()(exact(wide))
