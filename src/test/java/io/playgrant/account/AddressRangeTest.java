package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "10.0.0.0/8",
                "10.1.2.3/8",
                "0.0.0.0/0",
                "10.0.0.1/32",
                "::",
                "::1",
                "2001:db8::1",
                "2001:DB8::1",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "2001:db8:1:2:3:4:5:6",
                "2001:db8::/32",
                "2001:db8::1/64",
                "2001:db8::1/128",
                "::/0",
                "64:ff9b::192.0.2.1",
                "64:ff9b::192.0.2.1/96"
            })
    void parse_takesStandardNotation(String text) {
        assertThat(AddressRange.parse(text)).map(AddressRange::toString).contains(text);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "*.*.*.*",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "1.2.3.*",
                "1.2.3._",
                "1.2.3.%",
                "1-2.3.4.5",
                "1.2.3.4-5",
                "1.2.3.4-1.2.3.9",
                "1.2.3.4,5",
                "1.2.3.4,1.2.3.5",
                "256.0.0.1",
                "-1.0.0.1",
                "0177.0.0.1",
                "01.2.3.4",
                "1.2.3.00",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "0b1.0.0.1",
                "١.2.3.4",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/00",
                "10.0.0.0/0x8",
                "10.0.0.0/8/8",
                "10.0.0.0 /8",
                "10.0.0.0/ 8",
                "/8",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "10.0.0.1\t",
                "10.0.0.1\u0000",
                "10.0.0.0/8\r\n",
                "1.2.3.4%1",
                "1.2.3.4:80",
                "[1.2.3.4]",
                "[::1]",
                "localhost",
                "example.org",
                "::1%eth0",
                "fe80::1%1",
                "fe80::1%",
                "fe80::%1/64",
                "::/129",
                "::/064",
                "::/ffff::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                ":1",
                "12345::",
                "00001::",
                "2001:db8:*::",
                "2001:db8:1-2::",
                "20010db8000000000000000000000001",
                "4)+k&C#VzJ4br>0wv%Yp",
                "64:ff9b::192.0.2",
                "64:ff9b::0300.0.2.1",
                "64:ff9b::192.0.2.01",
                "64:ff9b::192.0.2.*",
                "64:ff9b::0xc0.0.2.1"
            })
    void parse_refusesEveryOtherNotation(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:192.0.2.1", "::ffff:c000:201", "::FFFF:0:0/96", "0:0:0:0:0:ffff:192.0.2.0/120"})
    void parse_refusesAnIPv4AddressWrittenAsIPv6(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,10.0.0.1,true",
        "10.0.0.1,10.0.0.2,false",
        "10.0.0.1,10.0.0.0,false",
        "10.0.0.1/32,10.0.0.1,true",
        "10.0.0.1/32,10.0.0.2,false",
        "10.0.0.0/8,10.0.0.0,true",
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.0.0.0/8,9.255.255.255,false",
        "10.1.2.3/8,10.200.0.1,true",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.128/25,192.0.2.128,true",
        "192.0.2.192/31,192.0.2.193,true",
        "192.0.2.192/31,192.0.2.194,false",
        "0.0.0.0/0,0.0.0.0,true",
        "0.0.0.0/0,255.255.255.255,true",
        "0.0.0.0/0,::1,false",
        "2001:db8::1,2001:db8::1,true",
        "2001:db8::1,2001:db8::2,false",
        "2001:db8::/32,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,true",
        "2001:db8::/32,2001:db9::,false",
        "2001:db8::5/64,2001:db8::ffff,true",
        "2001:db8::5/64,2001:db8:0:1::,false",
        "::/0,2001:db8::1,true",
        "::/0,192.0.2.1,false",
        "::192.0.2.1,192.0.2.1,false",
        "64:ff9b::192.0.2.0/120,64:ff9b::c000:2ff,true",
        "64:ff9b::192.0.2.0/120,64:ff9b::c000:300,false",
        "10.0.0.0,10.0.0.1,false",
        "10.0.0.0,10.0.0.0,true",
        "::,::1,false"
    })
    void contains_isWhatTheRangeSays(String range, String address, boolean contained) throws UnknownHostException {
        assertThat(AddressRange.parse(range).orElseThrow().contains(InetAddress.getAllByName(address)[0]))
                .isEqualTo(contained);
    }

    @Test
    void contains_agreesWithTheBitsForEveryPrefixLength() throws UnknownHostException {
        byte[] base = {(byte) 0xa5, 0x5a, (byte) 0xc3, 0x3c};
        for (int prefix = 0; prefix <= 32; prefix++) {
            AddressRange range = AddressRange.parse("165.90.195.60/" + prefix).orElseThrow();
            for (int bit = 0; bit < 32; bit++) {
                byte[] flipped = base.clone();
                flipped[bit / 8] ^= (byte) (0x80 >> (bit % 8));
                assertThat(range.contains(InetAddress.getByAddress(flipped)))
                        .as("/%d, bit %d", prefix, bit)
                        .isEqualTo(bit >= prefix);
            }
        }
    }

    @Test
    void contains_takesAMappedAddressForIPv4() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        assertThat(AddressRange.parse("10.0.0.0/8").orElseThrow().contains(InetAddress.getByAddress(mapped)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1",
        "::1,0:0:0:0:0:0:0:1",
        "2001:DB8::1,2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1,192.0.2.1"
    })
    void parseAddress_takesOneAddress(String text, String address) {
        assertThat(AddressRange.parseAddress(text))
                .map(InetAddress::getHostAddress)
                .contains(address);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2.0/24",
                "192.0.2.1/32",
                "192.0.2",
                "192.0.2.256",
                "0300.0.2.1",
                "1",
                ".",
                ":",
                ":::",
                "fe80::1%1",
                "[::1]",
                "192.0.2.1:80"
            })
    void parseAddress_takesNothingElse(String text) {
        assertThat(AddressRange.parseAddress(text)).isEmpty();
    }
}
