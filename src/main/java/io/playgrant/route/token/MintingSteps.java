package io.playgrant.route.token;

import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.Hosts;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.TokenMint;

/** From keys to a token and its licence URL. */
public final class MintingSteps {

    private final TokenMint mint;
    private final Hosts hosts;

    public MintingSteps(TokenMint mint, Hosts hosts) {
        this.mint = mint;
        this.hosts = hosts;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.step("mint", Issuance.class, this::mint);
        steps.step("license-url", Issuance.class, this::licenseUrl);
    }

    private void mint(Issuance issuance) {
        issuance.setToken(mint.mint(issuance.request(), issuance.caller(), issuance.keys()));
    }

    /** Where the token is redeemed. One that is too long for a URL is refused here. */
    private void licenseUrl(Issuance issuance) {
        LicenseToken token = issuance.token();
        String rightsUrl = issuance.rightsUrl()
                .orElseGet(() -> hosts.rightsUrl(token.claims().environment()));
        issuance.setLicenseUrl(token.url(rightsUrl, issuance.request().wantsHttps()));
    }
}
