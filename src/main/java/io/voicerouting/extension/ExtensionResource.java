package io.voicerouting.extension;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An extension as a cached resource, identified by its number. */
@Component
public class ExtensionResource implements CachedResource<ExtensionView> {

  /** Resource type in keys: {@code routing:extension:<organization_id>:<extension_number>}. */
  public static final String NAME = "extension";

  private static final ResourceDefinition<ExtensionView> DEFINITION =
      new ResourceDefinition<>(NAME, "Extension", ExtensionView.class, 2, Duration.ofMinutes(30));

  private final ExtensionRepository extensions;

  ExtensionResource(ExtensionRepository extensions) {
    this.extensions = extensions;
  }

  @Override
  public ResourceDefinition<ExtensionView> definition() {
    return DEFINITION;
  }

  @Override
  public @Nullable LoadedDocument<ExtensionView> load(
      long organizationId, @Nullable String identifier) {
    if (identifier == null) {
      throw new IllegalArgumentException("identifier: null (expected: an extension number)");
    }
    return extensions
        .load(organizationId, identifier)
        .map(
            row ->
                new LoadedDocument<>(
                    row.extension().toView(), row.snapshot(), row.extension().getUpdatedAt()))
        .orElse(null);
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return identifier == null
        ? null
        : new CacheKey(NAME, organizationId, ExtensionNumber.of(identifier).value());
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return extensions.findActiveNumbers(organizationId).stream()
        .map(number -> new CacheKey(NAME, organizationId, number))
        .toList();
  }

  @Override
  public TaggedKeys taggedKeys() {
    return ExtensionTags.KEYS;
  }
}
