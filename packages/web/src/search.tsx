import { type Resultat, rechercheRoutes } from '@pass/contracts/recherche.ts'
import { readNumero } from '@pass/domain/recherche.ts'
import { Search as SearchIcon } from 'lucide-react'
import { type FormEvent, type MouseEvent, useEffect, useState } from 'react'
import { useHref, useNavigate } from 'react-router'
import { apiQuery, queryClient } from './api.ts'
import { isShortcutOn, setShortcutOn } from './search-shortcut.ts'
import { Button, ButtonRow } from './ui/button.tsx'
import { CheckboxField } from './ui/checkbox-field.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Notice } from './ui/notice.tsx'
import { TextField } from './ui/text-field.tsx'

const FIELD = 'recherche-numero'

/** True where a key typed is a letter of something else. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** The `/` key opens the search, outside of fields and dialogs; each person may turn it off (WCAG 2.1.4). */
const useSlash = (open: () => void) => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const free = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented
      if (event.key !== '/' || !free || isTyping(event.target) || !isShortcutOn()) return
      if (document.querySelector('[role="dialog"],[role="alertdialog"]')) return
      event.preventDefault()
      open()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [open])
}

type Found = { texte: string; items: Resultat[] }

const useSearch = (openResult: (lien: string) => void) => {
  const [found, setFound] = useState<Found | null>(null)
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const fail = (message: string) => {
    setFound(null)
    setError(message)
    document.getElementById(FIELD)?.focus()
  }
  const find = async (texte: string) => {
    const read = readNumero(texte)
    if (!read.ok) return fail(read.refusal.message)
    setError(undefined)
    setPending(true)
    try {
      const { items } = await queryClient.fetchQuery(apiQuery(rechercheRoutes.search, { query: { texte } }))
      const only = items.length === 1 ? items[0] : undefined
      if (only) return openResult(only.lien)
      setFound({ texte, items })
    } catch (fault) {
      fail(fault instanceof Error ? fault.message : 'La recherche n’a pas abouti. Réessayez.')
    } finally {
      setPending(false)
    }
  }
  return { found, error, pending, find }
}

/** Within this app the router goes there; another app of the site is another page. */
const useOpen = (close: () => void) => {
  const navigate = useNavigate()
  const home = useHref('/').replace(/\/$/, '')
  return (lien: string) => {
    close()
    // two slashes in front would name another site: the router refuses to go there
    if (home !== '' && lien.startsWith(`${home}/`)) void navigate(lien.slice(home.length))
    else globalThis.location.assign(lien)
  }
}

const Results = ({ found: { texte, items }, onOpen }: { found: Found; onOpen: (lien: string) => void }) => {
  if (items.length === 0)
    return (
      <Notice tone="info">{`Rien ne porte le numéro « ${texte} » parmi ce que vous pouvez lire. Relisez-le, ou tapez seulement son début.`}</Notice>
    )
  const follow = (event: MouseEvent, lien: string) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onOpen(lien)
  }
  return (
    <ul className="resultats">
      {items.map(({ type, id, titre, detail, lien }) => (
        <li key={`${type} ${id}`}>
          <a href={lien} onClick={(event) => follow(event, lien)}>
            <strong>{titre}</strong>
            <span className="petit doux">{detail}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

const SearchForm = ({ onClose }: { onClose: () => void }) => {
  const open = useOpen(onClose)
  const { found, error, pending, find } = useSearch(open)
  const [texte, setTexte] = useState('')
  const [shortcut, setShortcut] = useState(isShortcutOn)
  useEffect(() => document.getElementById(FIELD)?.focus(), [])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void find(texte.trim())
  }
  const said = found === null ? '' : found.items.length === 0 ? 'Aucun résultat.' : `${found.items.length} résultats.`
  return (
    <form className="formulaire" noValidate onSubmit={onSubmit} aria-label="Rechercher un numéro">
      <TextField
        id={FIELD}
        label="Numéro"
        aide="Carnet, étiquette, commande, convention, attribution, bordereau, facture ou SIRET : tapez-le, ou scannez-le."
        code
        autoComplete="off"
        value={texte}
        onChange={({ target }) => setTexte(target.value)}
        error={error}
      />
      <ButtonRow>
        <Button type="submit" icon={SearchIcon} pending={pending}>
          Rechercher
        </Button>
        <Button variant="lien" onClick={onClose}>
          Fermer
        </Button>
      </ButtonRow>
      <p role="status" className="hors-ecran">
        {said}
      </p>
      {found && <Results found={found} onOpen={open} />}
      <CheckboxField
        id="recherche-raccourci"
        label="Ouvrir cette recherche avec la touche « / »"
        checked={shortcut}
        onChange={({ target }) => {
          setShortcut(target.checked)
          setShortcutOn(target.checked)
        }}
      />
    </form>
  )
}

/** The one search of every page: any number printed on something opens its page. */
export const Search = () => {
  const [open, setOpen] = useState(false)
  const [show] = useState(() => () => setOpen(true))
  useSlash(show)
  const close = () => setOpen(false)
  return (
    <>
      <button type="button" className="entete-recherche petit" onClick={show}>
        <SearchIcon aria-hidden="true" />
        <span className="mots">Rechercher un numéro</span>
      </button>
      <Dialog titre="Rechercher un numéro" open={open} onClose={close}>
        <SearchForm onClose={close} />
      </Dialog>
    </>
  )
}
