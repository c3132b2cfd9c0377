package io.voicerouting.organization;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rows of {@code organizations}. */
interface OrganizationRepository extends Repository<Organization, Long> {

  /**
   * Searches organizations.
   *
   * @param id null for any
   * @param status null for any
   * @param pattern for the name, wildcards escaped with a backslash; null for any
   */
  @Query(
      """
      select o from Organization o
      where (:id is null or o.id = :id)
        and (:status is null or o.status = :status)
        and (:pattern is null or o.name ilike :pattern escape '\\')
      """)
  Page<Organization> search(
      @Nullable Long id,
      @Nullable OrganizationStatus status,
      @Nullable String pattern,
      Pageable page);

  /** Finds an organization. Starts no transaction. */
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<Organization> findById(long id);

  /**
   * An organization, its overrides as JSON, when the youngest of these changed, and the snapshot of
   * the statement that loaded them.
   */
  record Loaded(Organization organization, String overrides, Instant changedAt, String snapshot) {}

  /** Loads an organization. Starts no transaction. */
  @Query(
      """
      select new io.voicerouting.organization.OrganizationRepository$Loaded(
        o,
        cast(function('routing_current_overrides', o.id, 'organization', 0) as String),
        cast(function('routing_changed_at', o.updatedAt, o.id, 'organization', 0) as Instant),
        cast(function('pg_current_snapshot') as String))
      from Organization o
      where o.id = :id
      """)
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<Loaded> load(long id);

  /** Id of an organization, when that changed, and the snapshot of the statement. */
  record LoadedId(long id, Instant changedAt, String snapshot) {}

  /** Loads the id of the organization with this SIP domain. Starts no transaction. */
  @Query(
      """
      select new io.voicerouting.organization.OrganizationRepository$LoadedId(
        o.id, o.updatedAt, cast(function('pg_current_snapshot') as String))
      from Organization o
      where o.sipDomain = :sipDomain
      """)
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<LoadedId> loadBySipDomain(String sipDomain);

  boolean existsById(long id);

  /** Finds an organization and locks it against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select o from Organization o where o.id = :id")
  Optional<Organization> lock(long id);

  Organization saveAndFlush(Organization organization);

  /** Deletes a row; the database deletes the rows that belong to it. */
  void delete(Organization organization);
}
