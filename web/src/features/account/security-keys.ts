export const securityKeys = {
  all: ['security'],
  sessions: ['security', 'sessions'],
  events: ['security', 'events'],
}
