import { LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react'
import { type ButtonHTMLAttributes, type MouseEvent, type ReactNode, useId } from 'react'
import { Link } from 'react-router'

export type Variant = 'principal' | 'second' | 'danger' | 'lien'

const classOf = (variant: Variant): string => (variant === 'lien' ? 'bouton-lien' : `bouton ${variant}`)

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'className'> & {
  variant?: Variant
  icon?: LucideIcon | undefined
  /** Under way: a second press does nothing, the word stays. */
  pending?: boolean
  /**
   * Why not, in one sentence: the button stays, reachable, and says it. A button that may be blocked gives it at all times, null
   * when nothing stands in the way: its place on the page is the same with and without, so it keeps the focus when that changes.
   */
  disabledReason?: string | null
}

/** The reason a button cannot be used, under it. */
const Reason = ({ id, children }: { id: string; children: ReactNode }) => (
  <span id={id} className="raison">
    <TriangleAlert aria-hidden="true" />
    <span>{children}</span>
  </span>
)

export const Button = ({
  variant = 'principal',
  icon,
  pending = false,
  disabledReason,
  onClick,
  type = 'button',
  children,
  ...rest
}: ButtonProps) => {
  const reasonId = useId()
  const blocked = Boolean(disabledReason) || pending
  const Icon = pending ? LoaderCircle : icon
  // aria-disabled keeps the button in the tab order, so that the reason can be heard; the click is what stops.
  const press = (event: MouseEvent<HTMLButtonElement>) => (blocked ? event.preventDefault() : onClick?.(event))
  const button = (
    <button
      {...rest}
      type={type}
      className={classOf(variant)}
      onClick={press}
      aria-disabled={blocked || undefined}
      aria-busy={pending || undefined}
      aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
    >
      {Icon && <Icon aria-hidden="true" className={pending ? 'tourne' : undefined} />}
      {children}
    </button>
  )
  if (disabledReason === undefined) return button
  return (
    <span className={disabledReason ? 'avec-raison' : 'sans-raison'}>
      {button}
      {disabledReason && <Reason id={reasonId}>{disabledReason}</Reason>}
    </span>
  )
}

type LinkButtonProps = { variant?: Variant; icon?: LucideIcon; children: ReactNode } & (
  | { to: string; href?: never }
  | { href: string; to?: never }
)

/** A link that looks like a button: `to` inside the app, `href` to a file or another app. */
export const LinkButton = ({ variant = 'principal', icon: Icon, children, to, href }: LinkButtonProps) => {
  const content = (
    <>
      {Icon && <Icon aria-hidden="true" />}
      {children}
    </>
  )
  if (to === undefined)
    return (
      <a className={classOf(variant)} href={href}>
        {content}
      </a>
    )
  return (
    <Link className={classOf(variant)} to={to}>
      {content}
    </Link>
  )
}

/** Buttons side by side, full width on a phone. */
export const ButtonRow = ({ children }: { children: ReactNode }) => <div className="rang-boutons">{children}</div>
