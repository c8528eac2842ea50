import type { Output } from '@pass/contracts/route.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryClient, useWarmed, warm } from '@pass/web/api.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { listCourriels } from '../calls.ts'
import { linkedText } from '../linked-text.ts'
import { paths } from '../paths.ts'

const inbox = apiQuery(listCourriels, {})
type Courriel = Output<typeof listCourriels>['items'][number]

export const loader = async () => {
  // mail arrives while the page is elsewhere: it is read again at each visit
  await queryClient.fetchQuery({ ...inbox, staleTime: 0 })
  return warm({ courriels: inbox })
}

/** Text alone, as every mail must be readable: no picture, no style, no script of a mail runs here. */
const Message = ({ courriel: { de, a, objet, at, texte } }: { courriel: Courriel }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <article className="carte" aria-labelledby="message-objet">
      <h2 id="message-objet" ref={heading} tabIndex={-1}>
        {objet}
      </h2>
      <DefinitionList
        items={[
          { terme: 'De', valeur: de },
          { terme: 'À', valeur: a },
          { terme: 'Reçu', valeur: <Instant at={at} /> },
        ]}
      />
      <div className="message">
        {linkedText(texte).map(({ texte: piece, href }, rank) =>
          href ? (
            <a key={rank} href={href}>
              {piece}
            </a>
          ) : (
            <span key={rank}>{piece}</span>
          ),
        )}
      </div>
    </article>
  )
}

const List = ({ courriels, open, adresse }: { courriels: readonly Courriel[]; open: string | null; adresse: string }) => (
  <ul className="courriels">
    {courriels.map(({ id, objet, a, at }) => (
      <li key={id}>
        <Link
          to={paths.boiteAuxLettres({ ...(adresse && { adresse }), message: id })}
          aria-current={id === open ? 'true' : undefined}
          preventScrollReset
        >
          <strong>{objet}</strong>
          <span className="petit doux">{a}</span>
          <span className="petit doux">
            <Instant at={at} />
          </span>
        </Link>
      </li>
    ))}
  </ul>
)

const Refresh = ({ count }: { count: number }) => {
  const [state, setState] = useState<'calme' | 'cherche' | 'lu'>('calme')
  const refresh = async () => {
    setState('cherche')
    await queryClient.invalidateQueries({ queryKey: inbox.queryKey })
    setState('lu')
  }
  return (
    <>
      <span className="petit doux" role="status">
        {state === 'lu' && `À jour\u00a0: ${plural(count, 'courriel')}.`}
      </span>
      <Button variant="second" icon={RefreshCw} pending={state === 'cherche'} onClick={() => void refresh()}>
        Actualiser
      </Button>
    </>
  )
}

const adressesOf = (items: readonly Courriel[], asked: string) =>
  [...new Set([...items.map(({ a }) => a), ...(asked ? [asked] : [])])].toSorted().map((value) => ({ value, label: value }))

/** The mails of the demonstration: none of them leaves this machine. */
export const Component = () => {
  const { courriels } = useWarmed<typeof loader>()
  const [search, setSearch] = useSearchParams()
  const adresse = search.get('adresse') ?? ''
  const shown = courriels.items.filter(({ a }) => adresse === '' || a === adresse)
  const open = shown.find(({ id }) => id === search.get('message'))
  return (
    <Page
      titre="Boîte aux lettres"
      intro="Les courriels de la démonstration arrivent ici. Aucun ne quitte cette machine."
      actions={<Refresh count={shown.length} />}
    >
      <div className="boite">
        <section className="tableau" aria-label="Courriels reçus">
          <SelectField
            label="Adresse"
            vide="Toutes"
            value={adresse}
            options={adressesOf(courriels.items, adresse)}
            onChange={({ target }) => setSearch(target.value ? { adresse: target.value } : {}, { preventScrollReset: true })}
          />
          {shown.length === 0 ? (
            <EmptyState titre="Aucun courriel">Un courriel met quelques secondes à arriver. Actualisez la page.</EmptyState>
          ) : (
            <List courriels={shown} open={open?.id ?? null} adresse={adresse} />
          )}
        </section>
        {open && <Message key={open.id} courriel={open} />}
        {!open && shown.length > 0 && <p className="doux">Choisissez un courriel pour le lire.</p>}
      </div>
    </Page>
  )
}
