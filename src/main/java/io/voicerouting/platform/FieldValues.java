package io.voicerouting.platform;

import org.jspecify.annotations.Nullable;

/**
 * The values of a few fields, by name. A request has less than a dozen, for which a hash table
 * would take longer.
 */
final class FieldValues {

  private final String[] names;
  private final @Nullable String[] values;

  /**
   * Creates values without any.
   *
   * @param names of all fields; not copied
   */
  FieldValues(String[] names) {
    this.names = names;
    this.values = new @Nullable String[names.length];
  }

  /** Returns the value of a field; null if it has none. */
  @Nullable String get(String name) {
    return values[indexOf(name)];
  }

  /** Returns the value of a field, or else another one. */
  @Nullable String getOrDefault(String name, @Nullable String other) {
    String value = get(name);
    return value == null ? other : value;
  }

  /** Sets the value of a field. */
  void set(String name, String value) {
    values[indexOf(name)] = value;
  }

  /** Whether the field at this place has a value. */
  boolean has(int field) {
    return values[field] != null;
  }

  /** Sets the value of the field at this place. */
  void set(int field, String value) {
    values[field] = value;
  }

  private int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) { // the same constant in most cases
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }
}
