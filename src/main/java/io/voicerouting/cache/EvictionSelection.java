package io.voicerouting.cache;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Selects many documents to evict. All conditions must apply.
 *
 * @param all every document of every organization; then there is no other condition
 * @param organizationIds only documents that belong to one of these, positive; null for any
 * @param resource only documents of the resource of this name; null for every resource that has all
 *     of the tags
 * @param tags values by names of {@link TaggedKeys.Tag}
 */
public record EvictionSelection(
    boolean all,
    @Nullable List<Long> organizationIds,
    @Nullable String resource,
    Map<String, String> tags) {

  /** Most organizations of one selection. */
  public static final int MAX_ORGANIZATIONS = 1_000;

  private static final String ALL = "all";
  private static final String ORGANIZATIONS = "organization_ids";
  private static final String RESOURCE = "resource";
  private static final String UNKNOWN_MEMBER = "unknown member";

  /** More organizations are not worth their space in every row. */
  private static final int MAX_DESCRIBED = 10;

  public EvictionSelection {
    organizationIds = organizationIds == null ? null : List.copyOf(organizationIds);
    tags = Map.copyOf(tags);
  }

  /**
   * Describes the conditions for people, as in {@code resource=extension, ring_group_id=sales}. Of
   * very many organizations only the first ones are named.
   */
  public String describe() {
    List<String> conditions = new ArrayList<>();
    if (all) {
      conditions.add(ALL + "=true");
    }
    if (organizationIds != null) {
      String ids =
          organizationIds.stream()
              .limit(MAX_DESCRIBED)
              .map(String::valueOf)
              .collect(Collectors.joining(","));
      int others = organizationIds.size() - MAX_DESCRIBED;
      conditions.add(ORGANIZATIONS + "=" + ids + (others > 0 ? " and " + others + " more" : ""));
    }
    if (resource != null) {
      conditions.add(RESOURCE + "=" + resource);
    }
    new TreeMap<>(tags).forEach((name, value) -> conditions.add(name + "=" + value));
    return String.join(", ", conditions);
  }

  /** Whether the selection names whole organizations, negative entries included. */
  public boolean isOfWholeOrganizations() {
    return organizationIds != null && resource == null && tags.isEmpty();
  }

  /**
   * Returns the resources whose documents are selected.
   *
   * @throws InvalidFieldsException with everything that is invalid
   */
  public List<CachedResource<?>> requireValid(Collection<? extends CachedResource<?>> resources) {
    List<FieldError> errors = errors(resources);
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return named(resources).stream().filter(this::hasAllTags).toList();
  }

  /** Returns everything that is invalid. */
  public List<FieldError> errors(Collection<? extends CachedResource<?>> resources) {
    List<FieldError> errors = new ArrayList<>();
    checkOrganizations(errors);
    List<CachedResource<?>> named = named(resources);
    if (named.isEmpty()) {
      String names =
          resources.stream().map(CachedResource::name).sorted().collect(Collectors.joining(", "));
      errors.add(FieldError.unexpected(RESOURCE, String.valueOf(resource), "one of " + names));
      checkTags(List.copyOf(resources), "", errors);
    } else {
      checkTags(named, resource == null ? "" : " of " + resource, errors);
    }
    checkCombination(errors);
    return errors;
  }

  private List<CachedResource<?>> named(Collection<? extends CachedResource<?>> resources) {
    return resources.stream()
        .<CachedResource<?>>map(one -> one)
        .filter(one -> resource == null || resource.equals(one.name()))
        .toList();
  }

  private void checkOrganizations(List<FieldError> errors) {
    if (organizationIds == null) {
      return;
    }
    if (organizationIds.isEmpty() || organizationIds.size() > MAX_ORGANIZATIONS) {
      errors.add(
          FieldError.unexpected(
              ORGANIZATIONS, organizationIds.size() + " ids", "1 to " + MAX_ORGANIZATIONS));
    }
    for (int i = 0; i < organizationIds.size(); i++) {
      if (organizationIds.get(i) <= 0) {
        errors.add(
            FieldError.unexpected(
                ORGANIZATIONS + "[" + i + "]",
                organizationIds.get(i),
                "a positive 64-bit integer"));
      }
    }
  }

  private void checkTags(List<CachedResource<?>> named, String of, List<FieldError> errors) {
    new TreeMap<>(tags)
        .forEach(
            (name, value) -> {
              List<TaggedKeys.Tag> known =
                  named.stream().flatMap(one -> one.taggedKeys().tag(name).stream()).toList();
              if (known.isEmpty()) {
                errors.add(new FieldError(name, UNKNOWN_MEMBER + expectation(named, of)));
              } else {
                errors.addAll(known.getFirst().check(tags));
              }
            });
    if (errors.isEmpty() && named.stream().noneMatch(this::hasAllTags)) {
      Map.Entry<String, String> last = new TreeMap<>(tags).lastEntry();
      errors.add(
          FieldError.unexpected(
              last.getKey(), last.getValue(), "a tag of the same resource as the other ones"));
    }
  }

  private static String expectation(List<CachedResource<?>> named, String of) {
    String names =
        named.stream()
            .flatMap(one -> one.taggedKeys().tags().stream())
            .map(TaggedKeys.Tag::name)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? " (there are no tags" + of + ")" : " (tags" + of + ": " + names + ")";
  }

  private boolean hasAllTags(CachedResource<?> one) {
    return tags.keySet().stream().allMatch(name -> one.taggedKeys().tag(name).isPresent());
  }

  private void checkCombination(List<FieldError> errors) {
    boolean others = organizationIds != null || resource != null || !tags.isEmpty();
    if (all && others) {
      errors.add(FieldError.unexpected(ALL, true, "no other condition beside it"));
    } else if (!all && !others) {
      errors.add(
          new FieldError(ALL, "is required, or " + ORGANIZATIONS + ", " + RESOURCE + " or a tag"));
    }
  }
}
