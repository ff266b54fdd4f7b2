export const landingText = {
  title: 'Write it down. Find it again.',
  lead: 'A quiet place for your documents and files. Write in plain Markdown, keep pictures and recordings beside the text, and go on where you left off, on any device.',
  register: 'Create an account',
  signIn: 'Sign in',
  sample: {
    source: [
      '# Notes for Thursday',
      '',
      '**To decide**',
      '',
      '- [x] Which two ideas go first',
      '- [ ] Who writes the summary',
      '',
      '> Small steps, often.',
    ],
    title: 'Notes for Thursday',
    section: 'To decide',
    done: 'Which two ideas go first',
    open: 'Who writes the summary',
    quote: 'Small steps, often.',
    tags: ['meeting', 'planning'],
  },
  featuresTitle: 'What it does',
  features: [
    {
      icon: 'text',
      title: 'Plain Markdown',
      words:
        'Write with the marks you know and look at the result whenever you like. Your words stay readable in any other program.',
    },
    {
      icon: 'search',
      title: 'Found in a moment',
      words: 'Search every word you ever wrote, group documents with tags, and sort them as you need them.',
    },
    {
      icon: 'picture',
      title: 'Files beside the text',
      words:
        'Drop in pictures, recordings and anything else. They are checked on arrival and kept as they are.',
    },
    {
      icon: 'shield',
      title: 'Hard to lose',
      words:
        'What you type stays on your device until it is saved, the trash keeps what you delete, and a second device never overwrites the first unasked.',
    },
  ],
  promise: {
    title: 'Nobody else looks on',
    words:
      'No advertising, no trackers, and not one file from another site: this page and all the others come from this server alone.',
  },
} as const
