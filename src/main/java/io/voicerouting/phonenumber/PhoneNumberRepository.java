package io.voicerouting.phonenumber;

import io.voicerouting.organization.OrganizationStatus;
import jakarta.persistence.LockModeType;
import java.time.Instant;
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

/** Rows of {@code phone_numbers}. Only the lookups of calls are across organizations. */
interface PhoneNumberRepository extends Repository<PhoneNumber, Long> {

  /**
   * Searches the numbers of an organization.
   *
   * @param status null for any
   * @param match null for any
   * @param pattern for the number or the name, wildcards escaped with a backslash; null for any
   */
  @Query(
      """
      select p from PhoneNumber p
      where p.organizationId = :organizationId
        and (:status is null or p.status = :status)
        and (:match is null or p.match = :match)
        and (:pattern is null
          or p.number ilike :pattern escape '\\'
          or p.name ilike :pattern escape '\\')
      """)
  Page<PhoneNumber> search(
      long organizationId,
      @Nullable PhoneNumberStatus status,
      @Nullable PhoneNumberMatch match,
      @Nullable String pattern,
      Pageable page);

  Optional<PhoneNumber> findByIdAndOrganizationId(long id, long organizationId);

  /**
   * A number, its overrides as JSON, when the youngest of these changed, and the snapshot of the
   * statement that loaded them.
   */
  record LoadedNumber(PhoneNumber number, String overrides, Instant changedAt, String snapshot) {}

  /** Loads a number of any organization that is no block. Starts no transaction. */
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  @Query(
      """
      select new io.voicerouting.phonenumber.PhoneNumberRepository$LoadedNumber(
        p,
        cast(function('routing_current_overrides', p.organizationId, 'number', p.id) as String),
        cast(function('routing_changed_at', p.updatedAt, p.organizationId, 'number', p.id) as Instant),
        cast(function('pg_current_snapshot') as String))
      from PhoneNumber p
      where p.number = :number and p.match = io.voicerouting.phonenumber.PhoneNumberMatch.EXACT
      """)
  Optional<LoadedNumber> load(String number);

  /**
   * A block with its overrides as JSON, the status and the overrides of its organization, when each
   * of the two changed, and the snapshot of the statement.
   */
  record LoadedBlock(
      PhoneNumber block,
      String overrides,
      OrganizationStatus status,
      String organizationOverrides,
      Instant changedAt,
      Instant organizationChangedAt,
      String snapshot) {}

  /** Loads all blocks of all organizations, sorted by number. Starts no transaction. */
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  @Query(
      """
      select new io.voicerouting.phonenumber.PhoneNumberRepository$LoadedBlock(
        p,
        cast(function('routing_current_overrides', o.id, 'number', p.id) as String),
        o.status,
        cast(function('routing_current_overrides', o.id, 'organization', 0) as String),
        cast(function('routing_changed_at', p.updatedAt, o.id, 'number', p.id) as Instant),
        cast(function('routing_changed_at', o.updatedAt, o.id, 'organization', 0) as Instant),
        cast(function('pg_current_snapshot') as String))
      from PhoneNumber p join Organization o on o.id = p.organizationId
      where p.match = io.voicerouting.phonenumber.PhoneNumberMatch.PREFIX
      order by p.number
      """)
  List<LoadedBlock> loadBlocks();

  /** Finds a number and locks it against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from PhoneNumber p where p.id = :id and p.organizationId = :organizationId")
  Optional<PhoneNumber> lock(long id, long organizationId);

  /** Lists the active numbers of an organization that are no blocks, sorted by id. */
  @Query(
      """
      select p.number from PhoneNumber p
      where p.organizationId = :organizationId
        and p.match = io.voicerouting.phonenumber.PhoneNumberMatch.EXACT
        and p.status = io.voicerouting.phonenumber.PhoneNumberStatus.ACTIVE
      order by p.id
      """)
  List<String> findActiveNumbers(long organizationId);

  boolean existsByOrganizationIdAndMatch(long organizationId, PhoneNumberMatch match);

  PhoneNumber saveAndFlush(PhoneNumber number);

  void delete(PhoneNumber number);
}
