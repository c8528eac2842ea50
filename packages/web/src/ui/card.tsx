import { type ReactNode, useId } from 'react'

type Props = { titre?: ReactNode; niveau?: 2 | 3; actions?: ReactNode; children: ReactNode }

/** A sheet of paper on the desk. With a title it is a region of its own. */
export const Card = ({ titre, niveau = 2, actions, children }: Props) => {
  const id = useId()
  const Heading = niveau === 2 ? 'h2' : 'h3'
  return (
    <section className="carte" {...(titre ? { 'aria-labelledby': id } : {})}>
      {titre && (
        <div className="carte-titre">
          <Heading id={id}>{titre}</Heading>
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}

/** Two columns (3/2), one under the other when there is no room. */
export const Columns = ({ children }: { children: ReactNode }) => <div className="deux">{children}</div>

/** Blocks of a page or a form, one under the other with the same gap. */
export const Stack = ({ children }: { children: ReactNode }) => <div className="pile">{children}</div>
