-- Whose an account is, and what it is like.
select
    account.account_id,
    account.customer_id,
    account.segment,
    account.region
from operations.cloud_accounts.account as account
