package io.voicerouting.console;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.phonenumber.PhoneNumberBlock;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts documents beside their rows. Null members count as missing. */
@Component
class DocumentComparison {

  /** Documents of tokens are shown to nobody. */
  private static final String TOKEN = "token";

  private static final String SCHEMA_VERSION = "schema_version";

  private final RoutingCache cache;
  private final JsonMapper mapper;
  private final Map<String, CachedResource<?>> resources;

  DocumentComparison(RoutingCache cache, JsonMapper mapper) {
    this.cache = cache;
    this.mapper = mapper;
    this.resources =
        cache.resources().stream()
            .filter(resource -> !resource.name().equals(TOKEN))
            .collect(Collectors.toMap(CachedResource::name, Function.identity()));
  }

  /**
   * Compares the documents of a decision.
   *
   * @param stored the same decision on rows; null if PostgreSQL could not be queried
   */
  List<Explanation.Document> compare(ExplainedCall used, @Nullable ExplainedCall stored) {
    String to = used.decision().to();
    return used.lookups().stream()
        .map(
            lookup -> {
              JsonNode value = tree(valueOf(lookup.lookup()), to);
              CachedEntry inspected = inspect(lookup.key());
              JsonNode row = stored == null ? null : tree(row(lookup.key(), stored), to);
              return new Explanation.Document(
                  lookup.key().redisKey(),
                  lookup.key().resource(),
                  lookup.lookup().status().headerValue(),
                  value,
                  inspected == null ? null : inspected.server(),
                  inspected == null ? null : inspected.sizeBytes(),
                  inspected == null ? null : inspected.ttlSeconds(),
                  inspected == null ? null : inspected.loadedAt(),
                  row,
                  stored == null ? null : Objects.equals(value, row));
            })
        .toList();
  }

  /**
   * Compares an entry in Redis with its row.
   *
   * @return null if no resource that is shown has such a key
   * @throws CacheUnavailableException if Redis did not answer
   */
  @Nullable EntryComparison compare(CacheKey key) {
    CachedResource<?> resource = resources.get(key.resource());
    if (resource == null || !resource.isKey(key.organizationId(), key)) {
      return null;
    }
    CachedEntry entry = cache.inspect(key);
    JsonNode cached = entry.value() == null ? null : withoutNulls(entry.value());
    Integer version = null;
    if (cached instanceof ObjectNode document) {
      JsonNode number = document.remove(SCHEMA_VERSION);
      version = number == null ? null : number.asInt();
      cached = document.path("absent").asBoolean(false) ? null : document;
    }
    boolean readable = !entry.cached() || entry.value() != null;
    JsonNode row = null;
    boolean rowRead = false;
    Boolean same = null;
    try {
      row = tree(load(resource, key), null);
      rowRead = true;
      same = entry.cached() ? readable && Objects.equals(cached, row) : null;
    } catch (DataAccessException | TransactionException e) {
      // PostgreSQL could not be queried
    }
    return new EntryComparison(
        entry.key(),
        entry.cached(),
        readable,
        entry.ttlSeconds(),
        entry.sizeBytes(),
        entry.loadedAt(),
        entry.server(),
        version,
        cached,
        row,
        rowRead,
        same);
  }

  private @Nullable Object row(CacheKey key, ExplainedCall stored) {
    for (RecordingReader.Recorded lookup : stored.lookups()) {
      if (lookup.key().equals(key)) {
        return valueOf(lookup.lookup());
      }
    }
    return load(Objects.requireNonNull(resources.get(key.resource())), key);
  }

  private static @Nullable Object load(CachedResource<?> resource, CacheKey key) {
    LoadedDocument<?> loaded = resource.load(key.organizationId(), key.identifier());
    return loaded == null ? null : loaded.value();
  }

  private static @Nullable Object valueOf(Lookup<?> lookup) {
    return lookup instanceof Lookup.Found<?> found ? found.value() : null;
  }

  private @Nullable CachedEntry inspect(CacheKey key) {
    try {
      return cache.inspect(key);
    } catch (CacheUnavailableException e) {
      return null;
    }
  }

  /**
   * Converts a document.
   *
   * @param dialled a number; of all blocks, only the one of this number is shown; null for all
   */
  private @Nullable JsonNode tree(@Nullable Object document, @Nullable String dialled) {
    if (document instanceof PhoneNumberBlocks blocks && dialled != null) {
      PhoneNumberBlock block = blocks.find(dialled);
      return block == null ? null : parsed(block);
    }
    return document == null ? null : parsed(document);
  }

  /** As if it had been read, so that equal numbers are equal nodes. */
  private JsonNode parsed(Object document) {
    return withoutNulls(mapper.readTree(mapper.writeValueAsBytes(document)));
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
      object.forEach(DocumentComparison::withoutNulls);
    } else if (node instanceof ArrayNode array) {
      array.forEach(DocumentComparison::withoutNulls);
    }
    return node;
  }
}
