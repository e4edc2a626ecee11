package io.playgrant.revocation;

import static java.util.Objects.requireNonNull;

import io.playgrant.revocation.Revocations.Change;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Revocations in memory. Threads may look for some while one thread applies changes. */
final class RevocationIndex {

    /** By the criterion that fits the fewest tokens: the token's id, a {@code KeyId}, or else the number of an account. */
    private final ConcurrentMap<Object, List<Revocation>> revocations = new ConcurrentHashMap<>();

    /** Adds or removes a revocation. It may have been applied before. */
    void apply(Change change) {
        Revocation changed = change.revocation();
        revocations.compute(criterion(changed.scope()), (criterion, before) -> {
            Stream<Revocation> others = before == null
                    ? Stream.of()
                    : before.stream().filter(revocation -> revocation.id() != changed.id());
            List<Revocation> now = (change.withdrawn() ? others : Stream.concat(others, Stream.of(changed))).toList();
            return now.isEmpty() ? null : now;
        });
    }

    private static Object criterion(Scope scope) {
        if (scope.tokenId() != null) {
            return scope.tokenId();
        }
        if (scope.kid() != null) {
            return scope.kid();
        }
        // A scope has one of the three.
        return requireNonNull(scope.account());
    }

    /** The first revocation of a token, if there is any. */
    Optional<Revocation> find(Claims token) {
        if (revocations.isEmpty()) {
            return Optional.empty();
        }
        Revocation first = first(token, token.tokenId(), null);
        first = first(token, token.account(), first);
        for (TokenKey key : token.keys()) {
            first = first(token, key.kid(), first);
        }
        return Optional.ofNullable(first);
    }

    /** The first of those with a criterion and of another one. */
    private @Nullable Revocation first(Claims token, Object criterion, @Nullable Revocation other) {
        Revocation first = other;
        for (Revocation revocation : revocations.getOrDefault(criterion, List.of())) {
            if ((first == null || revocation.id() < first.id())
                    && revocation.scope().covers(token)) {
                first = revocation;
            }
        }
        return first;
    }
}
