# shellcheck shell=sh
# What a setting may be.

# is_malformed NAME VALUE
is_malformed() {
  case $1 in
    *_PORT) ! printf '%s' "$2" | grep -Eqx '[0-9]{1,5}' || [ "$2" -gt 65535 ] ;;
    *_SECONDS | *_MINUTES | *_DAYS | *_SETS | *_FACTOR) ! printf '%s' "$2" | grep -Eqx '[0-9]{1,15}' ;;
    *_URL) ! printf '%s' "$2" | grep -Eqx 'https?://[^[:space:]]+' ;;
    CORS_ORIGINS) ! printf '%s' "$2" | grep -Eqx '(https?://[^/, ]+/?[, ]*)+|\[.*\]' ;;
    SITE_ADDRESS) ! printf '%s' "$2" | grep -Eqx '[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?' ;;
    REQUIRE_VERIFIED_EMAIL | EDGE_IPV6 | SMTP_TLS | SMTP_SSL) ! printf '%s' "$2" | grep -Eqix 'true|false|1|0' ;;
    LOG_LEVEL) ! printf '%s' "$2" | grep -Eqx 'trace|debug|info|warn|error|fatal|silent' ;;
    AUTH_ANSWERS) ! printf '%s' "$2" | grep -Eqx 'contract|strict' ;;
    PAYMENT_PROVIDER) ! printf '%s' "$2" | grep -Eqx 'manual|stripe' ;;
    BACKUP_MODE) ! printf '%s' "$2" | grep -Eqx 'async|strict' ;;
    BACKUP_HOUR) ! printf '%s' "$2" | grep -Eqx '[01]?[0-9]|2[0-3]' ;;
    BACKUP_FULL_DAY) ! printf '%s' "$2" | grep -Eqx '[0-6]' ;;
    *) false ;;
  esac
}
