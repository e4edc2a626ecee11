package io.playgrant.token;

import jakarta.validation.groups.Default;

/** The constraints of the lenient profile: the rules that real clients rely on. */
public interface Lenient extends Default {}
