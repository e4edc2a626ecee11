package io.playgrant.token;

import jakarta.validation.groups.Default;

/** The constraints of the strict profile: the rules as documented. */
public interface Strict extends Default {}
