import type { CustomerKey } from '../records/record.ts'

/** Something by identity key. Two levels of maps: joining kind and value into one string for every event costs more. */
export class KeyMap<Value> {
  private readonly kinds = new Map<string, Map<string, Value>>()

  get(key: CustomerKey): Value | undefined {
    return this.kinds.get(key.kind)?.get(key.value)
  }

  /** False when the key is there already. */
  add(key: CustomerKey, value: Value): boolean {
    let values = this.kinds.get(key.kind)
    if (values === undefined) {
      values = new Map()
      this.kinds.set(key.kind, values)
    }
    if (values.has(key.value)) return false
    values.set(key.value, value)
    return true
  }
}
