// The site of the documentation: the pages of this folder, those of the rooms, and the reference that TypeDoc makes of
// the docstrings. `npm run build` in this folder writes it to `.vitepress/dist`.

import { existsSync, readdirSync } from 'node:fs'

const rooms = ['symbolic', 'search', 'modules', 'runtime', 'testing']
const folder = new URL('..', import.meta.url)

/** The pages of a folder, by name. */
const pagesIn = name =>
  existsSync(new URL(name, folder))
    ? readdirSync(new URL(name, folder))
        .filter(file => file.endsWith('.md'))
        .map(file => ({ text: file.slice(0, -3), link: `/${name}/${file.slice(0, -3)}` }))
    : []

export default {
  title: 'Espalier',
  description:
    'Programs as immutable symbolic trees: say what may vary, search it, train it, save the winner.',
  srcExclude: ['node_modules/**'],
  // The pages of the rooms link to files of the source, which are not part of the site.
  ignoreDeadLinks: true,
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Rooms', link: '/rooms/symbolic' },
      { text: 'Reference', link: '/api/' },
    ],
    sidebar: [
      { text: 'Rooms', items: rooms.map(room => ({ text: room, link: `/rooms/${room}` })) },
      { text: 'Algorithms', items: pagesIn('algorithms') },
      {
        text: 'Coming from elsewhere',
        items: [
          { text: 'PyGlove', link: '/pyglove' },
          { text: 'Synalinks', link: '/synalinks' },
        ],
      },
      { text: 'Reference', items: rooms.map(room => ({ text: room, link: `/api/${room}/` })) },
      { text: 'Decisions', link: '/decisions' },
    ],
  },
}
