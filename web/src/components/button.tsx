import type { ComponentProps } from 'react'
import { Link, type LinkProps } from 'react-router'
import styles from './button.module.css'

type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

export function Button({
  look = 'secondary',
  type = 'button',
  ...rest
}: { look?: Look } & ComponentProps<'button'>) {
  return <button type={type} className={`${styles.button} ${styles[look]}`} {...rest} />
}

export function ButtonLink({ look = 'secondary', ...rest }: { look?: Look } & LinkProps) {
  return <Link className={`${styles.button} ${styles[look]}`} {...rest} />
}

/** For what the browser itself follows, such as a download. */
export function ButtonAnchor({ look = 'secondary', ...rest }: { look?: Look } & ComponentProps<'a'>) {
  return <a className={`${styles.button} ${styles[look]}`} {...rest} />
}
