import { type ComponentType, memo, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import { Link } from 'react-router'
import remarkGfm from 'remark-gfm'
import { documentsText } from '../../../text/documents.ts'
import { readMediaAddress } from '../media-address.ts'
import styles from './markdown-text.module.css'

/** How files of the account are shown; the pages know, this feature does not. */
export type MediaViews = {
  Picture: ComponentType<{ id: string; alt: string }>
  FileLink: ComponentType<{ id: string; children: ReactNode }>
}

type Props = { children: string; views: MediaViews }

const words = documentsText.preview
const plugins = [remarkGfm]
const footnotes = { footnoteLabel: words.footnotes }

/** Markdown as it is read. Raw HTML in it stays text. The same text is not read twice: that takes its time. */
export const MarkdownText = memo(function MarkdownText({ children, views }: Props) {
  return (
    <div className={styles.text}>
      <Markdown remarkPlugins={plugins} remarkRehypeOptions={footnotes} components={elementsFor(views)}>
        {children}
      </Markdown>
    </div>
  )
})

const known = new WeakMap<MediaViews, Components>()

/** The same objects each time, so that pictures stay while text is typed. */
function elementsFor(views: MediaViews): Components {
  const elements = known.get(views) ?? createElements(views)
  known.set(views, elements)
  return elements
}

function createElements({ Picture, FileLink }: MediaViews): Components {
  return {
    // The page has its h1.
    h1: 'h2',
    h2: 'h3',
    h3: 'h4',
    h4: 'h5',
    h5: 'h6',
    a: ({ href, children }) => {
      const id = readMediaAddress(href)
      return id ? <FileLink id={id}>{children}</FileLink> : <TextLink href={href}>{children}</TextLink>
    },
    img: ({ src, alt = '' }) => {
      const address = typeof src === 'string' ? src : undefined
      const id = readMediaAddress(address)
      if (id) return <Picture id={id} alt={alt} />
      // Showing it would tell its server who reads, so the content policy forbids it.
      return <TextLink href={address}>{words.externalImage(alt)}</TextLink>
    },
    input: ({ checked }) => (
      <input
        type="checkbox"
        disabled
        readOnly
        checked={checked}
        aria-label={checked ? words.taskDone : words.taskOpen}
      />
    ),
    table: ({ children }) => (
      <div className={styles.table}>
        <table>{children}</table>
      </div>
    ),
  }
}

function TextLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href) return children
  if (href.startsWith('#')) return <a href={href}>{children}</a>
  if (href.startsWith('/') && !href.startsWith('//')) return <Link to={href}>{children}</Link>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}
