package io.voicerouting.cache;

import io.voicerouting.common.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the database finds the keys of a resource, for evictions of many documents.
 *
 * @param query a select without parameters, of one row for each document and owner: {@code
 *     organization_id} (bigint) and {@code identifier} (text), as in {@link CacheKey}; {@code
 *     owner_id} (bigint), the organization that the document belongs to, or null; and a text column
 *     for each tag, named as the tag is
 * @param tags by which documents can be selected
 */
public record TaggedKeys(String query, List<Tag> tags) {

  public TaggedKeys {
    tags = List.copyOf(tags);
  }

  /** Creates a description without tags. */
  public TaggedKeys(String query) {
    this(query, List.of());
  }

  /** Returns the tag of this name, if there is one. */
  public Optional<Tag> tag(String name) {
    return tags.stream().filter(tag -> tag.name().equals(name)).findFirst();
  }

  /**
   * A property of rows by which documents can be selected.
   *
   * @param name of the column of the query, and of the member in requests: lower case with
   *     underscores
   * @param expected what a valid value is, for error messages
   * @param rule whether a value can match some row
   * @param implied values of other tags that every row with this tag has
   */
  public record Tag(
      String name, String expected, Predicate<String> rule, Map<String, String> implied) {

    public Tag {
      implied = Map.copyOf(implied);
    }

    /** Creates a tag that implies nothing. */
    public Tag(String name, String expected, Predicate<String> rule) {
      this(name, expected, rule, Map.of());
    }

    /**
     * Checks the value of this tag.
     *
     * @param selected values of all tags that are selected, by name
     * @return at most one error
     */
    List<FieldError> check(Map<String, String> selected) {
      String value = selected.getOrDefault(name, "");
      if (!rule.test(value)) {
        return List.of(FieldError.unexpected(name, value, expected));
      }
      return implied.entrySet().stream()
          .filter(
              other ->
                  !other.getValue().equals(selected.getOrDefault(other.getKey(), other.getValue())))
          .map(
              other ->
                  FieldError.unexpected(
                      other.getKey(),
                      String.valueOf(selected.get(other.getKey())),
                      other.getValue() + ", or none, beside " + name))
          .limit(1)
          .toList();
    }
  }
}
