-- As of when fields of a customer were said: what is older and comes in late does not take their place.
CREATE TABLE customer_told (
    customer uuid NOT NULL,
    at jsonb NOT NULL,
    CONSTRAINT customer_told_pkey PRIMARY KEY (customer)
);
