package io.voicerouting.extension;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rows of {@code extensions}. Every query names the organization, so that no tenant can see rows of
 * another.
 */
interface ExtensionRepository extends Repository<Extension, Long> {

  /**
   * Searches the extensions of an organization.
   *
   * @param status null for any
   * @param type null for any
   * @param pattern for the number or the display name, wildcards escaped with a backslash; null for
   *     any
   */
  @Query(
      """
      select e from Extension e
      where e.organizationId = :organizationId
        and (:status is null or e.status = :status)
        and (:type is null or e.type = :type)
        and (:pattern is null
          or e.extensionNumber ilike :pattern escape '\\'
          or e.displayName ilike :pattern escape '\\')
      """)
  Page<Extension> search(
      long organizationId,
      @Nullable ExtensionStatus status,
      @Nullable ExtensionType type,
      @Nullable String pattern,
      Pageable page);

  Optional<Extension> findByIdAndOrganizationId(long id, long organizationId);

  /** An extension, and the snapshot of the statement that loaded it. */
  record Loaded(Extension extension, String snapshot) {}

  /** Loads an extension by its number. Starts no transaction. */
  @Query(
      """
      select new io.voicerouting.extension.ExtensionRepository$Loaded(
        e, cast(function('pg_current_snapshot') as String))
      from Extension e
      where e.organizationId = :organizationId and e.extensionNumber = :extensionNumber
      """)
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<Loaded> load(long organizationId, String extensionNumber);

  /** Finds an extension and locks it against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select e from Extension e where e.id = :id and e.organizationId = :organizationId")
  Optional<Extension> lock(long id, long organizationId);

  /** Lists the numbers of active extensions, sorted by id. */
  @Query(
      """
      select e.extensionNumber from Extension e
      where e.organizationId = :organizationId
        and e.status = io.voicerouting.extension.ExtensionStatus.ACTIVE
      order by e.id
      """)
  List<String> findActiveNumbers(long organizationId);

  /** Finds the length of the organization's longest extension number; 0 without extensions. */
  @Query(
      """
      select coalesce(max(length(e.extensionNumber)), 0) from Extension e
      where e.organizationId = :organizationId
      """)
  int findLongestNumber(long organizationId);

  Extension saveAndFlush(Extension extension);

  void delete(Extension extension);
}
