package io.voicerouting.organization;

import jakarta.persistence.LockModeType;
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
   * A page of those that match.
   *
   * @param status null for any
   * @param pattern of the name, its wildcards escaped by a backslash; null for any
   */
  @Query(
      """
      select o from Organization o
      where (:status is null or o.status = :status)
        and (:pattern is null or o.name ilike :pattern escape '\\')
      """)
  Page<Organization> search(
      @Nullable OrganizationStatus status, @Nullable String pattern, Pageable page);

  /** One row; begins no transaction for that. */
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<Organization> findById(long id);

  /** Whether there is such a row. */
  boolean existsById(long id);

  /** One row, locked against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select o from Organization o where o.id = :id")
  Optional<Organization> lock(long id);

  /** Stores a row at once. */
  Organization saveAndFlush(Organization organization);

  /** Removes a row; the database removes what belongs to it. */
  void delete(Organization organization);
}
