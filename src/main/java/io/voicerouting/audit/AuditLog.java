package io.voicerouting.audit;

import io.voicerouting.common.ApiClient;
import io.voicerouting.common.CurrentClient;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records changes by the API, in the transactions of the changes. A change that nobody records
 * here, or that no client has requested, is recorded by the triggers of the tables like one by SQL.
 *
 * <p>Documents must contain no secrets: their members are stored.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class AuditLog {

  private static final String ID = "id";

  private final CurrentClient clients;
  private final JdbcTemplate jdbc;
  private final JsonMapper mapper;

  AuditLog(CurrentClient clients, JdbcTemplate jdbc, JsonMapper mapper) {
    this.clients = clients;
    this.jdbc = jdbc;
    this.mapper = mapper;
  }

  /**
   * Creates a document and records its members.
   *
   * @param resource name of the resource, as in the cache
   * @param owner returns the organization that the document belongs to; null for no single one
   * @param change creates the document, flushes, and returns it as answers show it
   */
  public <V> V recordCreate(
      String resource, Function<? super V, @Nullable Long> owner, Supplier<V> change) {
    return record(AuditAction.CREATE, resource, owner, null, change);
  }

  /**
   * Changes a document and records the members that have changed, if any.
   *
   * @param organizationId the owner; null if it belongs to no single one
   * @param before the document as answers show it
   * @param change changes the document, flushes, and returns it
   */
  public <V> V recordUpdate(
      String resource, @Nullable Long organizationId, V before, Supplier<V> change) {
    return record(AuditAction.UPDATE, resource, document -> organizationId, before, change);
  }

  /**
   * Deletes a document and records its members.
   *
   * @param before the document as answers show it
   */
  public void recordDelete(
      String resource, @Nullable Long organizationId, Object before, Runnable change) {
    Object unused =
        record(
            AuditAction.DELETE,
            resource,
            document -> organizationId,
            before,
            () -> {
              change.run();
              return before;
            });
  }

  private <V> V record(
      AuditAction action,
      String resource,
      Function<? super V, @Nullable Long> owner,
      @Nullable Object before,
      Supplier<V> change) {
    ApiClient client = clients.find();
    if (client == null) {
      return change.get();
    }
    JsonNode old = before == null ? null : mapper.valueToTree(before);
    // Until the end of the transaction, the triggers of the audit log record nothing, and those of
    // the outbox name the token.
    jdbc.query(
        "select set_config('routing.audited', 'on', true),"
            + " set_config('routing.token_name', ?, true)",
        row -> {},
        client.name());
    V document = change.get();
    JsonNode current = mapper.valueToTree(document);
    JsonNode changes = MemberChanges.between(old, action == AuditAction.DELETE ? null : current);
    if (!changes.isEmpty()) {
      long id = current.path(ID).asLong();
      insert(action, resource, owner.apply(document), id, changes, client);
    }
    return document;
  }

  private void insert(
      AuditAction action,
      String resource,
      @Nullable Long organizationId,
      long resourceId,
      JsonNode changes,
      ApiClient client) {
    jdbc.update(
        "insert into audit_log (organization_id, resource, resource_id, action, row_count, changes,"
            + " source, token_id, token_name, request_id)"
            + " values (?, ?, ?, ?, 1, ?::jsonb, 'api', ?, ?, ?)",
        organizationId,
        resource,
        resourceId,
        action.code(),
        changes.toString(),
        client.tokenId(),
        client.name(),
        clients.requestId());
  }
}
