/** What podcast directories accept: Apple's categories, and the values of the podcast namespace's `medium`. */
import { foldedWord, nearest } from "../base/nearest.ts";

export const PODCAST_MEDIUMS = [
  "podcast",
  "music",
  "video",
  "film",
  "audiobook",
  "newsletter",
  "blog",
  "course",
] as const;

/** https://podcasters.apple.com/support/1691-apple-podcasts-categories */
const ITUNES_CATEGORIES: { readonly [category: string]: readonly string[] } = {
  Arts: ["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"],
  Business: ["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"],
  Comedy: ["Comedy Interviews", "Improv", "Stand-Up"],
  Education: ["Courses", "How To", "Language Learning", "Self-Improvement"],
  Fiction: ["Comedy Fiction", "Drama", "Science Fiction"],
  Government: [],
  History: [],
  "Health & Fitness": ["Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"],
  "Kids & Family": ["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"],
  Leisure: [
    "Animation & Manga",
    "Automotive",
    "Aviation",
    "Crafts",
    "Games",
    "Hobbies",
    "Home & Garden",
    "Video Games",
  ],
  Music: ["Music Commentary", "Music History", "Music Interviews"],
  News: [
    "Business News",
    "Daily News",
    "Entertainment News",
    "News Commentary",
    "Politics",
    "Sports News",
    "Tech News",
  ],
  "Religion & Spirituality": ["Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"],
  Science: [
    "Astronomy",
    "Chemistry",
    "Earth Sciences",
    "Life Sciences",
    "Mathematics",
    "Natural Sciences",
    "Nature",
    "Physics",
    "Social Sciences",
  ],
  "Society & Culture": ["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"],
  Sports: [
    "Baseball",
    "Basketball",
    "Cricket",
    "Fantasy Sports",
    "Football",
    "Golf",
    "Hockey",
    "Rugby",
    "Running",
    "Soccer",
    "Swimming",
    "Tennis",
    "Volleyball",
    "Wilderness",
    "Wrestling",
  ],
  Technology: [],
  "True Crime": [],
  "TV & Film": ["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"],
};

/** `Arts > Books`: a category, with or without one of its subcategories. */
export const categoryPath = (written: string): readonly string[] => written.split(">").map((part) => part.trim());

export function isItunesCategory(written: string): boolean {
  const [outer = "", inner, ...deeper] = categoryPath(written);
  const subcategories = Object.hasOwn(ITUNES_CATEGORIES, outer) ? ITUNES_CATEGORIES[outer] : undefined;
  return subcategories !== undefined && deeper.length === 0 && (inner === undefined || subcategories.includes(inner));
}

interface NamedCategory {
  readonly name: string;
  readonly path: string;
}

const allCategories = (): readonly NamedCategory[] =>
  Object.entries(ITUNES_CATEGORIES).flatMap(([outer, inner]) => [
    { name: outer, path: outer },
    ...inner.map((name) => ({ name, path: `${outer} > ${name}` })),
  ]);

const foldedCategory = (text: string): string => foldedWord(text.replace(/\band\b|&/gi, ""));

/** The category that was meant: with the outer one of a subcategory, whatever stands between them. */
export function categoryMeant(written: string): string | undefined {
  const all = allCategories();
  const last = written.split(/[>/|:›»,]|\s[-–—]\s/).findLast((part) => part.trim() !== "") ?? "";
  const named = (text: string) =>
    all.find(({ name, path }) => [name, path].some((each) => foldedCategory(each) === foldedCategory(text)));
  const near = (text: string, as: keyof NamedCategory) => {
    const found = nearest(
      text,
      all.map((each) => each[as]),
    );
    return all.find((each) => each[as] === found);
  };
  const found =
    named(written) ?? named(last) ?? near(written, "path") ?? near(last, "name") ?? beginningWith(last, all);
  return found?.path;
}

/** `Health` is `Health & Fitness`, `Tech` is `Technology`, and `Film` is `TV & Film`. */
function beginningWith(text: string, all: readonly NamedCategory[]): NamedCategory | undefined {
  const folded = foldedCategory(text);
  if (folded.length < 3) return undefined;
  const fitting = all.filter(({ name }) => {
    const whole = foldedCategory(name);
    return whole.startsWith(folded) || whole.endsWith(folded);
  });
  return fitting.find(({ name, path }) => name === path) ?? fitting[0];
}
