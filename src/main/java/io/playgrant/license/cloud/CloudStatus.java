package io.playgrant.license.cloud;

import io.playgrant.error.ErrorCode;
import java.util.Arrays;
import java.util.Optional;

/** The known statuses with which Widevine's licence service refuses a request, with their likely causes in plain words. */
enum CloudStatus {
    DRM_DEVICE_CERTIFICATE_REVOKED(
            127,
            ErrorCode.DEVICE_NOT_AUTHENTICATED,
            "Google has revoked this model of device or version of the browser; an update may help"),
    DRM_DEVICE_CERT_SERIAL_REVOKED(
            175, ErrorCode.DEVICE_NOT_AUTHENTICATED, "Google has revoked this device; no update helps"),
    REVOKED_DEVICE_CERTIFICATE(
            0,
            ErrorCode.DEVICE_NOT_AUTHENTICATED,
            "Google has revoked this model of device or version of the browser; an update may help"),
    INVALID_DEVICE_CERTIFICATE(
            0,
            ErrorCode.DEVICE_NOT_AUTHENTICATED,
            "the device's certificate is not Google's, as with an emulator, or a test device at the production service"),
    ACCESS_DENIED(
            0,
            ErrorCode.DEVICE_NOT_AUTHENTICATED,
            "the provider's rules at Google exclude this device: it is not on the white list, its platform is not verified (VMP),"
                    + " or its browser or system is too old"),
    INVALID_PSSH(
            152,
            ErrorCode.LICENSE_GENERATION_FAILED,
            "the PSSH of the content is damaged or was made for another provider"),
    INVALID_LICENSE_CHALLENGE(
            106,
            ErrorCode.LICENSE_GENERATION_FAILED,
            "the licence request is damaged, for example by a player or proxy that treats it as text, or it is encrypted for the"
                    + " service certificate of another licence service"),
    SIGNATURE_FAILED(
            0,
            ErrorCode.LICENSE_GENERATION_FAILED,
            "the key, the iv or the padding of the signature is not the provider's, or the URL is that of the other environment"),
    INVALID_REQUEST(
            0,
            ErrorCode.LICENSE_GENERATION_FAILED,
            "the provider's name or the URL is wrong, or the service does not accept this form of message"),
    MALFORMED_REQUEST(0, ErrorCode.LICENSE_GENERATION_FAILED, "the service does not accept this form of message"),
    CONTENT_ID_MISSING(0, ErrorCode.LICENSE_GENERATION_FAILED, "the service does not accept this form of message"),
    TRACK_TYPE_MISSING(0, ErrorCode.LICENSE_GENERATION_FAILED, "the service does not accept this form of message"),
    TRACK_TYPE_UNKNOWN(
            0, ErrorCode.LICENSE_GENERATION_FAILED, "the service does not know one of the token's track types"),
    POLICY_UNKNOWN(0, ErrorCode.LICENSE_GENERATION_FAILED, "the provider has no default policy at the service"),
    SERVICE_UNAVAILABLE(
            0,
            ErrorCode.LICENSE_GENERATION_FAILED,
            "the service is overloaded or being maintained; later it may answer");

    private static final CloudStatus[] ALL = values();

    private final int internal;
    private final ErrorCode code;
    private final String cause;

    CloudStatus(int internal, ErrorCode code, String cause) {
        this.internal = internal;
        this.code = code;
        this.cause = cause;
    }

    /** The status with a name. */
    static Optional<CloudStatus> named(String name) {
        return Arrays.stream(ALL).filter(status -> status.name().equals(name)).findFirst();
    }

    /** The status with an internal number. Only few numbers are public. */
    static Optional<CloudStatus> numbered(long number) {
        return Arrays.stream(ALL)
                .filter(status -> status.internal != 0 && status.internal == number)
                .findFirst();
    }

    /** The error of an unknown status, by its name: those that speak of the device are about the device. */
    static ErrorCode codeOfUnknown(String name) {
        boolean isAboutDevice = name.contains("REVOKED")
                || name.contains("DEVICE")
                || name.contains("WHITELIST")
                || name.contains("VMP");
        return isAboutDevice ? ErrorCode.DEVICE_NOT_AUTHENTICATED : ErrorCode.LICENSE_GENERATION_FAILED;
    }

    ErrorCode code() {
        return code;
    }

    /** The likely cause, as the end of a sentence. */
    String cause() {
        return cause;
    }
}
