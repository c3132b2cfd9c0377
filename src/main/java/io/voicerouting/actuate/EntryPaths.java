package io.voicerouting.actuate;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PositiveId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that a path names. The segment of a resource is its name in the plural, with
 * dashes: {@code phone-numbers}.
 */
final class EntryPaths {

  private final Map<String, CachedResource<?>> resources = new TreeMap<>();

  EntryPaths(List<CachedResource<?>> all) {
    all.forEach(resource -> resources.put(segment(resource.name()), resource));
  }

  private static String segment(String name) {
    String dashed = name.replace('_', '-');
    if (dashed.endsWith("s")) {
      return dashed;
    }
    return dashed.endsWith("x") ? dashed + "es" : dashed + "s";
  }

  /**
   * Returns the key of a document.
   *
   * @param identifier null for the only document
   * @throws NotFoundException if there is no such resource, or the identifier is missing or
   *     unexpected
   * @throws InvalidFieldsException if the identifier has another form
   */
  CacheKey key(PositiveId org, String segment, @Nullable String identifier) {
    CachedResource<?> resource = resources.get(segment);
    if (resource == null) {
      throw unknown(segment, "one of " + String.join(", ", resources.keySet()));
    }
    CacheKey key;
    try {
      key = resource.keyOf(org.value(), identifier);
    } catch (IllegalArgumentException e) {
      FieldError error = new FieldError("identifier", String.valueOf(e.getMessage()));
      throw new InvalidFieldsException(List.of(error));
    }
    if (key == null) {
      throw unknown(segment, identifier == null ? "an identifier after it" : "nothing after it");
    }
    return key;
  }

  /**
   * Returns the key in Redis that a parameter names.
   *
   * @throws InvalidFieldsException if no resource has such a key, or it is of another organization
   */
  CacheKey parse(PositiveId org, String redisKey) {
    CacheKey key = CacheKey.parse(redisKey);
    if (key == null || !key.redisKey().equals(redisKey) || !isKey(org, key)) {
      throw new InvalidFieldsException("key", redisKey, "a key of organization " + org);
    }
    return key;
  }

  private boolean isKey(PositiveId org, CacheKey key) {
    return resources.values().stream()
        .anyMatch(
            resource -> resource.name().equals(key.resource()) && resource.isKey(org.value(), key));
  }

  private static NotFoundException unknown(String segment, String expected) {
    return new NotFoundException("not-found", FieldError.describe(segment, expected));
  }
}
