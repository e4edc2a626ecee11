package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void allows_itsNetworksOnlyOrAnywhere() throws UnknownHostException {
        InetAddress inside = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        InetAddress outside = InetAddress.getByAddress(new byte[] {11, 0, 0, 1});
        assertThat(account("192.0.2.0/24", "10.0.0.0/8").allows(inside)).isTrue();
        assertThat(account("192.0.2.0/24", "10.0.0.0/8").allows(outside)).isFalse();
        assertThat(account().allows(outside)).isTrue();
    }

    @Test
    void lists_areCopied() {
        List<AddressRange> networks = new ArrayList<>(AccountRoom.ranges("10.0.0.0/8"));
        Account account = new AccountBuilder().networks(networks).build();
        networks.clear();
        assertThat(account.networks()).hasSize(1);
    }

    @Test
    void toString_hasNoHash() {
        StoredAuthenticator stored =
                new StoredAuthenticator(7, Environment.TEST, Purpose.TOKENS, new byte[] {1, 2, 3}, AccountRoom.NOW);
        assertThat(stored).hasToString("StoredAuthenticator[7, TEST, TOKENS]");
    }

    private static Account account(String... networks) {
        return new AccountBuilder().networks(AccountRoom.ranges(networks)).build();
    }
}
